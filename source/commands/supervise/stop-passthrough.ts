import process from 'node:process';
import {setTimeout as delay} from 'node:timers/promises';
import {UserError} from '../../user-error.js';
import {askIdentity} from '../../control/identity.js';
import {isLockHeld, type Holder, type LockFiles} from '../../control/lock.js';

/**
It cuts the last streams after a minute by itself.
*/
const patienceMs = 75_000;
const lookMs = 50;

/**
Asks a passthrough to drain and leave; settles when it has. Throws where it cannot be asked, and where
it does not leave.
*/
export async function stopPassthrough(
	{instance, pid, url}: Holder,
	files: LockFiles,
): Promise<void> {
	const giveUpAt = performance.now() + patienceMs;
	let isAsked = false;
	/* eslint-disable no-await-in-loop -- Nobody tells of the end of somebody else's child. */
	while (isLockHeld(files)) {
		if (!isAsked) {
			// Whoever else has its process id now must not be stopped; and one that is leaving already
			// answers nobody, and would take a second signal for haste.
			const identity = await askIdentity(url);
			isAsked = identity?.instance === instance;
			if (isAsked) {
				terminate(pid);
			}
		}

		if (performance.now() > giveUpAt) {
			throw new UserError(
				`The passthrough (process ${pid}) has not left.`,
				`If it does not answer any more: kill -9 ${pid}`,
			);
		}

		await delay(lookMs);
	}
	/* eslint-enable no-await-in-loop */
}

function terminate(pid: number): void {
	try {
		process.kill(pid, 'SIGTERM');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ESRCH') {
			return;
		}

		throw new UserError(
			`The passthrough (process ${pid}) cannot be stopped from here: it is another user's.`,
			`Stop it as that user: kill ${pid}`,
			{cause: error},
		);
	}
}
