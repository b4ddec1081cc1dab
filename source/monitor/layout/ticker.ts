import {showClock} from '../../exchange/show.js';
import {isBusy} from '../calm.js';
import {connectionOf} from '../connection.js';
import type {Entry} from '../exchange-list.js';
import type {Model} from '../model.js';
import {pendingAlias} from '../switching.js';
import type {Glyphs} from '../theme.js';
import {fitFields, type Field} from './fit-fields.js';
import {truncate, widthOf} from './fit-text.js';
import {roadTexts, stateTexts} from './header.js';
import type {Line} from './line.js';
import {pulseFields} from './pulse.js';

/**
All in one row: `● LIVE main→glm-5.2 61% $12.20/20 ▶2 ‖1 429 3.4%`. Fields go whole; a name may be cut.
*/
export function tickerLine(
	model: Model,
	entries: readonly Entry[],
	{width, glyphs}: Readonly<{width: number; glyphs: Glyphs}>,
): Line {
	const state = stateTexts(model, connectionOf(model), glyphs);
	const roads = roadTexts(model, glyphs);
	const fields: readonly Field[] = [
		{texts: state.texts, tone: state.tone, rank: 0},
		{
			texts: namesOf(roads, glyphs),
			tone: pendingAlias(model) === undefined ? 'bold' : 'warn',
			rank: 2.5,
		},
		...pulseFields(model, entries, glyphs),
	];
	const clock = showClock(model.nowMs, {seconds: width >= 60 && isBusy(model)});
	const line = fitFields(fields, width, width >= 60 ? '  ' : ' ');
	const room = width - line.reduce((sum, [text]) => sum + widthOf(text), 0);
	return room >= clock.length + 2
		? [...line, [' '.repeat(room - clock.length)], [clock, 'dim']]
		: line;
}

/**
The fullest first, then what stands before the arrow alone, then that cut ever shorter.
*/
const namesOf = (
	roads: readonly string[],
	glyphs: Glyphs,
): readonly string[] => {
	const name = roads.at(-1)?.split(glyphs.arrow)[0] ?? '';
	// What is asked for has nothing before its arrow.
	return name === ''
		? roads
		: [
				...roads,
				...[24, 12, 8, 6].map((width) => truncate(name, width, glyphs.cut)),
			];
};
