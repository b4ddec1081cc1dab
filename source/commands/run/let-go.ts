import process from 'node:process';
import {setTimeout as delay} from 'node:timers/promises';
import {findPassthrough} from '../../control/find-passthrough.js';
import {isRunning} from '../../control/is-running.js';
import {readHolder, type LockFiles} from '../../control/lock.js';
import {isPresent, readMonitors} from '../../control/presence.js';
import {openLogReadonly} from '../../usage-log/open-readonly.js';
import type {Running} from '../supervise/kept.js';
import {stopPassthrough} from '../supervise/stop-passthrough.js';
import type {Started} from './started.js';

/**
For the last run of a home: stops the passthrough where a run has started it and no monitor looks on.
*/
export async function letGo(lock: LockFiles, started: Started): Promise<void> {
	const found = await ours(lock, started);
	if (found === undefined) {
		return;
	}

	if (!hasMonitor(found)) {
		tellOfWaiting(found);
		await stopPassthrough(found.holder, lock);
	}

	// From here on it is the monitor's, or gone.
	started.forget();
}

/**
Gives a monitor that was opened at `openedAt`, in epoch milliseconds, time to say that it is there: it would be left
without the passthrough that a run has started.
*/
export async function letCome(
	lock: LockFiles,
	started: Started,
	openedAt: number,
): Promise<void> {
	const found = await ours(lock, started);
	if (found !== undefined) {
		await untilSeen(found, {lock, openedAt});
	}
}

async function untilSeen(
	found: Running,
	{lock, openedAt}: Readonly<{lock: LockFiles; openedAt: number}>,
): Promise<void> {
	const isAwaited = () =>
		!hasMonitor(found) &&
		Math.abs(Date.now() - openedAt) < arrivingMs &&
		readHolder(lock)?.instance === found.holder.instance;
	/* eslint-disable no-await-in-loop -- Looked for: it tells the log, not us. */
	for (let looks = 1; isAwaited(); looks++) {
		if (looks === silentLooks) {
			process.stderr.write(
				`Waiting for the monitor beside it, ${arrivingMs / 1000} s at most.\n`,
			);
		}

		await delay(lookMs);
	}
	/* eslint-enable no-await-in-loop */
}

async function ours(
	lock: LockFiles,
	started: Started,
): Promise<Running | undefined> {
	const found = await findPassthrough(lock);
	return found.kind === 'serving' && started.isOurs(found.holder.instance)
		? found
		: undefined;
}

/**
So long one that was opened may take to say so.
*/
const arrivingMs = 15_000;
const lookMs = 100;
/**
So many looks pass before anything is said of waiting.
*/
const silentLooks = 15;

function hasMonitor({holder, identity}: Running): boolean {
	try {
		using opened = openLogReadonly(holder.log);
		return readMonitors(opened.db, identity.home).some(
			(monitor) => isPresent(monitor, Date.now()) && isRunning(monitor.pid),
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
