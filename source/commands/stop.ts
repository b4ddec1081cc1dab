import process from 'node:process';
import {setTimeout as delay} from 'node:timers/promises';
import {findPassthrough, type Found} from '../control/find-passthrough.js';
import {isLockHeld, type LockFiles} from '../control/lock.js';
import {UserError} from '../user-error.js';
import type {Given} from './command.js';
import {look} from './look.js';

/**
One that is just starting answers well within this time.
*/
const startingMs = 5000;
/**
Streams may go on for 60 s; then there is little left to do.
*/
const leavingMs = 75_000;
const lookEveryMs = 50;

/**
Asks the passthrough of this home to leave, and waits until it has.
*/
export async function stop(given: Given): Promise<void> {
	const {lock, home} = look(given);
	const found = await answering(lock);
	switch (found.kind) {
		case 'none': {
			say(`Nothing to stop: no passthrough runs in ${home.data}.`);
			return;
		}

		case 'silent': {
			throw stuck(found, lock);
		}

		case 'leaving': {
			// A second signal would cut the streams it waits for.
			say('It is leaving already. Waiting for its last requests to end.');
			break;
		}

		case 'serving': {
			ask(found);
			break;
		}
	}

	if (await isGoneWithin(lock, leavingMs)) {
		say(`Stopped the passthrough of ${found.holder.url}.`);
		return;
	}

	throw new UserError(
		`Process ${found.holder.pid} was asked to leave and is still there after ${leavingMs / 1000} s.`,
		`To end it at once: kill -9 ${found.holder.pid}`,
	);
}

/**
What there is, once whoever is just starting has answered.
*/
async function answering(lock: LockFiles): Promise<Found> {
	const until = performance.now() + startingMs;
	for (;;) {
		// eslint-disable-next-line no-await-in-loop -- Polled: another process changes it.
		const found = await findPassthrough(lock);
		if (found.kind !== 'silent' || performance.now() > until) {
			return found;
		}

		// eslint-disable-next-line no-await-in-loop -- See above.
		await delay(lookEveryMs);
	}
}

function ask({holder, identity}: Extract<Found, {kind: 'serving'}>): void {
	try {
		process.kill(identity.pid, 'SIGTERM');
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		// It left between its answer and our asking.
		if (code !== 'ESRCH') {
			throw new UserError(
				`Process ${identity.pid} of ${holder.url} cannot be asked to leave (${code}).`,
				'It may be of another user: stop it as that one.',
				{cause: error},
			);
		}
	}

	if (identity.open > 0) {
		say(
			`Waiting for ${identity.open === 1 ? 'one open request' : `${identity.open} open requests`} to end, 60 s at most.`,
		);
	}
}

async function isGoneWithin(lock: LockFiles, ms: number): Promise<boolean> {
	const until = performance.now() + ms;
	while (performance.now() < until) {
		if (!isLockHeld(lock)) {
			return true;
		}

		// eslint-disable-next-line no-await-in-loop -- Polled: another process lets go of it.
		await delay(lookEveryMs);
	}

	return false;
}

const stuck = (
	{holder}: Extract<Found, {kind: 'silent'}>,
	{lock}: LockFiles,
): UserError =>
	holder === undefined
		? new UserError(
				`Something has the lock of this home and does not say who it is: ${lock}`,
				`To see what it is: fuser ${lock}`,
			)
		: new UserError(
				`The passthrough of this home does not answer on ${holder.url}: nothing was stopped.`,
				`If process ${holder.pid} is a tollgate that is stuck, end it with: kill ${holder.pid}`,
			);

function say(line: string): void {
	process.stdout.write(`${line}\n`);
}
