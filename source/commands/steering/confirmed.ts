import {setTimeout as delay} from 'node:timers/promises';
import {findPassthrough, type Found} from '../../control/find-passthrough.js';
import {isLockHeld, readHolder, type LockFiles} from '../../control/lock.js';
import type {By} from '../../control/control-rows.js';
import type {Change, Steering, Wishes} from '../../control/steering.js';
import {wish} from '../../control/wish.js';
import {showInstant} from '../../exchange/show.js';
import {UserError} from '../../user-error.js';
import {rowOf} from './in-force.js';

/**
A passthrough looks ten times a second.
*/
const confirmMs = 2000;
const lookEveryMs = 25;

/**
Writes what is wished for, and waits until the passthrough that runs says that it has taken it. Answers
what is in force then; undefined where no passthrough runs, so that it is kept for the next one. Throws a
UserError where it cannot be written, or is not taken.
*/
export async function wishFor<Name extends 'active' | 'pause'>(
	lock: LockFiles,
	{log, home}: Readonly<{log: string; home: string}>,
	name: Name,
	value: Wishes[Name],
): Promise<Steering | undefined> {
	const change = wish(log, home, name, value, byCommand());
	// What came after it may have been taken first.
	return taken(lock, (steering) => steering[name].change >= change);
}

export const byCommand = (): By => ({
	setBy: 'command',
	setAt: Date.now(),
	reason: null,
});

/**
Waits until the passthrough that runs says that it has taken what was written. Answers what is in force then;
undefined where no passthrough runs, so that it is kept for the next one. Throws a UserError where it is not
taken.
*/
export async function taken(
	lock: LockFiles,
	isTaken: (steering: Steering) => boolean,
): Promise<Steering | undefined> {
	const until = performance.now() + confirmMs;
	while (isLockHeld(lock)) {
		const holder = readHolder(lock);
		const row = holder && rowOf(holder);
		if (row !== undefined && row.state !== 'serving') {
			// It takes no more requests: what is kept is for the next one.
			return undefined;
		}

		if (row?.steering && isTaken(row.steering)) {
			return row.steering;
		}

		if (performance.now() > until) {
			break;
		}

		// eslint-disable-next-line no-await-in-loop -- Polled: another process says it.
		await delay(lookEveryMs);
	}

	const found = await findPassthrough(lock);
	if (found.kind === 'none' || found.kind === 'leaving') {
		return undefined;
	}

	throw notTaken(found);
}

/**
Somebody else was quicker, or the passthrough had to decide otherwise.
*/
export const notAsWished = (
	is: string,
	{reason}: Pick<Change<unknown>, 'reason'>,
): UserError =>
	new UserError(
		`${is}: ${reason ?? 'somebody else has changed it meanwhile.'}`,
		'What is in force: tollgate status',
	);

function notTaken(found: Found): UserError {
	const [why, hint] = reasonOf(found);
	return new UserError(
		`It is kept, but not in force: ${why}`,
		hint ?? 'What is in force: tollgate status',
	);
}

function reasonOf(found: Found): readonly [string, string?] {
	if (found.kind !== 'serving') {
		return ['the passthrough of this home is just starting, or stuck.'];
	}

	const {recording, notRecordingSince, notRecordingReason, steering} =
		found.identity;
	if (!recording) {
		return [
			`the passthrough cannot write its log since ${showInstant(notRecordingSince ?? Date.now())}: ${notRecordingReason ?? 'not known why'}.`,
		];
	}

	return steering === undefined
		? [
				'the passthrough is of a version that cannot be steered.',
				'Start the new one in its place: tollgate stop, then tollgate serve.',
			]
		: [`the passthrough did not take it within ${confirmMs / 1000} s.`];
}
