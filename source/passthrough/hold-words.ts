import type {HoldReason} from '../exchange/exchange.js';
import {showDuration} from '../exchange/show.js';

/**
What a client is told whose request we have held for as long as it could wait: `heldMs` milliseconds.
*/
export function holdWords(reason: HoldReason, heldMs: number): string {
	const held = `Held for ${showDuration(heldMs)}`;
	return `${held}: ${causes[reason]} Ask again: it is held again until then.`;
}

const causes: Readonly<Record<HoldReason, string>> = {
	paused:
		'Tollgate is paused. "tollgate resume", or p in the monitor, lets requests go.',
	strikes:
		'the same request has failed again and again, so Tollgate is paused. "tollgate resume", or p in the monitor, lets requests go; on_strikes in [retry] says what happens.',
	guard:
		'Tollgate has paused because of what was spent. "tollgate resume", or p in the monitor, lets requests go.',
	queue:
		'all places at the endpoint are taken. max in [concurrency] says how many there are.',
	reserved:
		'what is left under the daily cap is reserved for the requests under way.',
	cap: 'the daily cap is reached. "tollgate cap" shows it.',
	backoff: 'the endpoint has no room for it now.',
};
