import {chart} from './chart.js';
import {spanWords} from './dates.js';
import {doubtLines} from './doubts.js';
import {groupLayout, groupTable, shownGroups} from './group-table.js';
import {titleLines, totalLines} from './heading.js';
import {rule, type Line} from './line.js';
import type {Look} from './look.js';
import type {Summary} from './summary.js';
import {wasteLines} from './waste.js';

/**
What a stretch of time cost, where it went and what was wasted, on one screen.
*/
export function screen(summary: Summary, look: Look): readonly Line[] {
	if (isEmpty(summary)) {
		return [[[emptySentence(summary)]]];
	}

	const {by, total} = summary;
	const groups = [...shownGroups(summary.groups, by, look)];
	const named = summary.sessions.filter(({name}) => name !== '');
	const sessions = [...shownGroups(named, 'session', look)];
	const layout = groupLayout([...groups, ...sessions], total, look);
	return [
		...head(summary, look),
		rule(`${by}s`, '', look),
		...groupTable(groups, {by, total, layout}, look),
		...(summary.time ? chart(summary.time, look) : []),
		...(sessions.length === 0
			? []
			: [
					rule('dearest sessions', '', look),
					...groupTable(sessions, {by: 'session', total, layout}, look),
				]),
		...wasteLines(total, layout, look),
		...doubtLines(summary, look),
	];
}

/**
The same time by one fact alone; its lines are made as they are asked for.

@yields From top to bottom.
*/
export function* groupScreen(summary: Summary, look: Look): Generator<Line> {
	if (isEmpty(summary)) {
		yield [[emptySentence(summary)]];
		return;
	}

	const {by, total} = summary;
	const groups = shownGroups(summary.groups, by, look);
	const layout = groupLayout(groups, total, look);
	yield* head(summary, look);
	yield rule(`by ${by}`, '', look);
	yield* groupTable(groups, {by, total, layout}, look);
	yield* doubtLines(summary, look);
}

export const isEmpty = ({total}: Summary): boolean => total.requests === 0;

export const emptySentence = ({rule: days, span, nowMs}: Summary): string =>
	`No requests ${nowMs < span.toMs ? 'yet ' : ''}(${spanWords(days, span).long}, ${days.timezone}).`;

const head = (summary: Summary, look: Look): readonly Line[] => [
	...titleLines(summary, look),
	...totalLines(summary, look),
];
