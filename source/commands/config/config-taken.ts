import {setTimeout as delay} from 'node:timers/promises';
import {findPassthrough} from '../../control/find-passthrough.js';
import {isLockHeld, readHolder, type LockFiles} from '../../control/lock.js';
import type {Steering} from '../../control/steering.js';
import {rowOf} from '../steering/in-force.js';

/**
A passthrough looks at its config at least once a second.
*/
const patienceMs = 3000;
const lookEveryMs = 25;

/**
What became of a config that was changed. `kept`: no passthrough takes requests.
*/
export type Taken = Readonly<
	| {kind: 'taken'; steering: Steering}
	| {kind: 'kept'}
	| {
			kind: 'not-taken';
			/**
			As the passthrough says, where it does.
			*/
			why: string | undefined;
	  }
>;

/**
Waits until the passthrough of a home, if one runs, says that it has read its config since an instant (epoch
milliseconds).
*/
export async function configTaken(
	lock: LockFiles,
	sinceMs: number,
): Promise<Taken> {
	const until = performance.now() + patienceMs;
	while (isLockHeld(lock)) {
		const holder = readHolder(lock);
		const row = holder && rowOf(holder);
		if (row !== undefined && row.state !== 'serving') {
			return {kind: 'kept'};
		}

		if (row?.steering && row.steering.configReadAt > sinceMs) {
			return {kind: 'taken', steering: row.steering};
		}

		if (performance.now() > until) {
			// One that cannot write its log still answers.
			return asked(lock, sinceMs);
		}

		// eslint-disable-next-line no-await-in-loop -- Polled: another process says it.
		await delay(lookEveryMs);
	}

	return {kind: 'kept'};
}

async function asked(lock: LockFiles, sinceMs: number): Promise<Taken> {
	const found = await findPassthrough(lock);
	if (found.kind === 'none' || found.kind === 'leaving') {
		return {kind: 'kept'};
	}

	const steering =
		found.kind === 'serving' ? found.identity.steering : undefined;
	return steering && steering.configReadAt > sinceMs
		? {kind: 'taken', steering}
		: {kind: 'not-taken', why: steering?.configProblem ?? undefined};
}
