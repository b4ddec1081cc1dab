import type {HoldReason} from '../exchange/exchange.js';
import {showDuration} from '../exchange/show.js';

/**
What this version holds requests for.
*/
export type OwnHold = Exclude<HoldReason, 'cap' | 'reserved'>;

/**
What a client is told whose request we have held for as long as it could wait: `heldMs` milliseconds.
*/
export function holdWords(reason: OwnHold, heldMs: number): string {
	const held = `Held for ${showDuration(heldMs)}`;
	return `${held}: ${causes[reason]} Ask again: it is held again until then.`;
}

const causes: Readonly<Record<OwnHold, string>> = {
	paused:
		'Tollgate is paused. "tollgate resume", or p in the monitor, lets requests go.',
	strikes:
		'the same request has failed again and again, so Tollgate is paused. "tollgate resume", or p in the monitor, lets requests go; on_strikes in [retry] says what happens.',
	guard:
		'Tollgate has paused because of what was spent. "tollgate resume", or p in the monitor, lets requests go.',
	queue:
		'all places at the endpoint are taken. max in [concurrency] says how many there are.',
	backoff: 'the endpoint has no room for it now.',
};
