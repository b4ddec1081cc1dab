import {showClock} from '../../exchange/show.js';
import {setterWords} from '../../control/setter-words.js';
import type {Change, Pause} from '../../control/steering.js';
import {inForce} from '../asked.js';
import type {Entry} from '../exchange-list.js';
import {keyName} from '../key-name.js';
import type {Model} from '../model.js';

/**
That the agent is paused: until when, how many wait, which key goes on, who did it and why. Undefined
where it is not.
*/
export function pauseText(
	model: Model,
	entries: readonly Entry[],
): string | undefined {
	const pause = inForce(model, 'pause');
	if (!pause || pause.value.mode === 'off') {
		return undefined;
	}

	const key = model.readOnly ? '' : `, ${resumes(model, pause)}`;
	const {reason} = pause;
	if (pause.setBy === 'guard' && reason !== null) {
		// Why comes first, as nobody meant to pause.
		return `PAUSED by the guard: ${reason} - ${heldText(pause.value, entries)}${key}`;
	}

	return [
		`PAUSED${spanText(pause, model.nowMs)}: ${heldText(pause.value, entries)}${key}`,
		' - ',
		setterWords[pause.setBy],
		reason === null ? '' : `: ${reason}`,
	].join('');
}

const spanText = (
	{value: {until}, setAt: since}: Change<Pause>,
	nowMs: number,
): string =>
	until === null
		? ` since ${showClock(since)}`
		: ` until ${showClock(until, {seconds: until - nowMs < 60_000})}`;

function heldText({mode}: Pause, entries: readonly Entry[]): string {
	const held = entries.filter(
		({state, exchange, live}) =>
			state === 'held' && (live?.holdReason ?? exchange.holdReason) !== 'queue',
	).length;
	if (mode === 'refuse') {
		return 'new requests are refused';
	}

	return held === 0 ? 'nothing held yet' : `${held} held`;
}

// Nobody paused it by hand then: there is something to look at before it goes on.
const resumes = (model: Model, {setBy: who}: Change<Pause>): string =>
	`${keyName(model, 'pause')} ${who === 'strikes' || who === 'guard' ? 'goes on' : 'resumes'}`;
