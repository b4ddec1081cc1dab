import type {PassthroughRow} from '../control/passthrough-row.js';
import {calmed} from './calm.js';
import type {Model} from './model.js';

/**
Whether a picture of `before` does for `after`: nothing counts seconds, the minute is the same, and so is all
else. Far cheaper than to draw it and compare.
*/
export function isSamePicture(before: Model, after: Model): boolean {
	const [one, other] = [calmed(before), calmed(after)];
	return (
		one !== before &&
		other !== after &&
		one.nowMs === other.nowMs &&
		Object.entries(after).every(
			([name, value]) =>
				restless.has(name) || value === before[name as keyof Model],
		) &&
		saidBy(before.passthrough) === saidBy(after.passthrough) &&
		JSON.stringify(before.supervisor) === JSON.stringify(after.supervisor)
	);
}

/**
What tells of the clock alone, or is made anew to say the same.
*/
const restless: ReadonlySet<string> = new Set<keyof Model>([
	'nowMs',
	'heardAtMs',
	'supervisor',
	'passthrough',
]);

const saidBy = (row: PassthroughRow | undefined): string =>
	JSON.stringify({...row, heartbeatAt: 0});
