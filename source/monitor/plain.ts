import {showClock} from '../exchange/show.js';
import {steady} from './layout/fit-text.js';
import type {Model} from './model.js';
import {requestEvents} from './plain-requests.js';
import {stateTexts} from './plain-state.js';
import {glyphsFor} from './theme.js';

/**
What happened between two models, a line for each event: `14:32:07  request 347 done: …`, the earliest first.
Words alone, no colour and no glyph.
*/
export function plainLines(before: Model, after: Model): readonly string[] {
	// What stood in the log when it was first read was not seen to happen.
	const requests =
		before.log.kind === 'following' ? requestEvents(before, after) : [];
	return [
		...stateTexts(before, after).map((text) => ({text, atMs: after.nowMs})),
		...requests.map(({text, atMs = after.nowMs}) => ({text, atMs})),
	]
		.toSorted((one, other) => one.atMs - other.atMs)
		.map(
			({text, atMs}) =>
				`${showClock(atMs, {seconds: true})}  ${steady(text.replaceAll(/\s+/gv, ' '), glyphsFor(after.ascii))}`,
		);
}
