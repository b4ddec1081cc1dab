import process from 'node:process';
import {setTimeout as delay} from 'node:timers/promises';
import {findPassthrough} from '../../control/find-passthrough.js';
import {isRunning} from '../../control/is-running.js';
import type {LockFiles} from '../../control/lock.js';
import {readMonitors} from '../../control/presence.js';
import {openLogReadonly} from '../../usage-log/open-readonly.js';
import type {Running} from '../supervise/kept.js';
import {stopPassthrough} from '../supervise/stop-passthrough.js';
import type {Started} from './started.js';

/**
For the last run of a home: stops the passthrough where a run has started it and no monitor looks on. One that was
opened at `paneOpenedAt`, in epoch milliseconds, is given time to say that it is there.
*/
export async function letGo(
	lock: LockFiles,
	started: Started,
	paneOpenedAt = -Infinity,
): Promise<void> {
	const found = await findPassthrough(lock);
	if (found.kind !== 'serving' || !started.isOurs(found.holder.instance)) {
		return;
	}

	if (!(await comesMonitor(found, paneOpenedAt))) {
		tellOfWaiting(found);
		await stopPassthrough(found.holder, lock);
	}

	// From here on it is the monitor's, or gone.
	started.forget();
}

/**
So long after its last heartbeat a monitor is taken to be there.
*/
const presentMs = 15_000;
/**
So long one that was opened may take to say so.
*/
const arrivingMs = 15_000;

async function comesMonitor(
	found: Running,
	openedAt: number,
): Promise<boolean> {
	while (!hasMonitor(found)) {
		if (Math.abs(Date.now() - openedAt) > arrivingMs) {
			return false;
		}

		// eslint-disable-next-line no-await-in-loop -- Looked for: it tells the log, not us.
		await delay(100);
	}

	return true;
}

function hasMonitor({holder, identity}: Running): boolean {
	try {
		using opened = openLogReadonly(holder.log);
		return readMonitors(opened.db, identity.home).some(
			({heartbeatAt, pid}) =>
				Math.abs(Date.now() - heartbeatAt) < presentMs && isRunning(pid),
		);
	} catch {
		// A log that cannot be read tells of none.
		return false;
	}
}

function tellOfWaiting({identity: {open}}: Running): void {
	if (open > 0) {
		process.stderr.write(
			`Waiting for ${open === 1 ? 'one open request' : `${open} open requests`} of others to end, 60 s at most.\n`,
		);
	}
}
