import {findPassthrough, type Found} from '../../control/find-passthrough.js';
import {readHolder, type LockFiles} from '../../control/lock.js';
import type {Bell} from './bell.js';
import {joined, type Kept} from './kept.js';
import type {PassthroughChild, PassthroughEnd} from './spawn-passthrough.js';

export type Beginning = Readonly<{
	files: LockFiles;
	bell: Bell;
	isClosed(): boolean;
	/**
	Starts one; it may turn out that somebody else was faster.
	*/
	spawn(): PassthroughChild;
}>;

/**
- `failed`: one was started, and ended before it served.
- `occupied`: somebody has the home's lock, and answers nobody.
*/
export type Begun = Readonly<
	| {kind: 'kept'; kept: Kept}
	| {kind: 'failed'; end: PassthroughEnd}
	| {kind: 'occupied'; reason: string}
	| {kind: 'closed'}
>;

const lookMs = 20;
/**
One that is just starting answers well within this time.
*/
const patienceMs = 5000;

/**
Joins the passthrough that serves a home, or starts one and waits until it serves.
*/
export async function begin(beginning: Beginning): Promise<Begun> {
	const found = await findStarted(beginning);
	switch (found.kind) {
		case 'serving': {
			return {kind: 'kept', kept: joined(found)};
		}

		case 'leaving': {
			const reason = `the one before still waits for its last requests to end (process ${found.holder.pid})`;
			return {kind: 'occupied', reason};
		}

		case 'silent': {
			const who = found.holder ? `process ${found.holder.pid}` : 'somebody';
			const reason = `${who} has the lock of this home and does not answer`;
			return {kind: 'occupied', reason};
		}

		case 'none': {
			return untilServing(beginning.spawn(), beginning);
		}
	}
}

/**
Waits a moment for one that somebody else is just starting.
*/
async function findStarted({files, bell, isClosed}: Beginning): Promise<Found> {
	const giveUpAt = performance.now() + patienceMs;
	for (;;) {
		// eslint-disable-next-line no-await-in-loop -- Looked for: nobody tells.
		const found = await findPassthrough(files);
		if (found.kind !== 'silent' || performance.now() > giveUpAt || isClosed()) {
			return found;
		}

		// eslint-disable-next-line no-await-in-loop -- See above.
		await bell.pause(lookMs);
	}
}

async function untilServing(
	child: PassthroughChild,
	{files, bell, isClosed}: Beginning,
): Promise<Begun> {
	let end: PassthroughEnd | undefined;
	void child.ended.then((ended) => {
		end = ended;
		bell.ring();
	});
	const before = readHolder(files)?.instance;
	/* eslint-disable no-await-in-loop -- Looked for: it says in a file that it listens. */
	while (!isClosed()) {
		// A look into the file alone: the lock is the child's to take now.
		if (end !== undefined || readHolder(files)?.instance !== before) {
			const found = await findPassthrough(files);
			if (found.kind === 'serving') {
				const isOurs = found.holder.pid === child.pid;
				return {
					kind: 'kept',
					kept: isOurs
						? {kind: 'spawned', running: found, child}
						: joined(found),
				};
			}
		}

		if (end !== undefined) {
			return {kind: 'failed', end};
		}

		await bell.pause(lookMs);
	}
	/* eslint-enable no-await-in-loop */

	return {kind: 'closed'};
}
