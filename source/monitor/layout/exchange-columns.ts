import {
	showCount,
	showDuration,
	showShare,
	showWait,
} from '../../exchange/show.js';
import type {Entry} from '../exchange-list.js';
import {isOpen, quietForMs, toneOf} from '../row-state.js';
import type {Glyphs, Tone} from '../theme.js';
import {modelOf, outputRate, tokensOf} from '../tokens-of.js';
import {aliasText, aliasTone} from './alias-text.js';
import type {Column} from './columns.js';
import {costText, isRebuilt} from './cost-text.js';
import {shortModel, steady, widthOf} from './fit-text.js';
import {fromOf} from './from.js';

/**
What a cell needs beside the exchange itself.
*/
export type Sight = Readonly<{
	nowMs: number;
	fresh: boolean;
	glyphs: Glyphs;
	/**
	Cells for the whole list.
	*/
	width: number;
	/**
	Which of them answers must be said.
	*/
	severalEndpoints: boolean;
	severalSessions: boolean;
	/**
	Whether any of them was tried more than once.
	*/
	isTriedAgain: boolean;
	/**
	Undefined where no exchange has an alias.
	*/
	aliasWidth: number | undefined;
	/**
	Otherwise what has no alias is named by its model in the column of aliases.
	*/
	isModelShown: boolean;
}>;

/**
The columns of the list of exchanges, in the order in which they stand.
*/
export function exchangeColumns(sight: Sight): ReadonlyArray<Column<Entry>> {
	const roomy = sight.width >= 90;
	const {aliasWidth, isModelShown} = sight;
	const columns: ReadonlyArray<Column<Entry>> = [
		{
			title: '',
			width: 1,
			rank: 0,
			cell: ({state}) => sight.glyphs[state],
			tone: ({state}) => toneOf[state],
		},
		{
			title: 'STATE',
			width: 9,
			rank: 10,
			cell: ({state}) => state,
			tone: ({state}) => toneOf[state],
		},
		{
			title: 'ALIAS',
			width: aliasWidth ?? 0,
			rank: 0,
			growsTo: isModelShown ? undefined : 14,
			cell: (entry, width) => aliasText(entry, width, sight),
			tone: (entry) => aliasTone(entry),
		},
		{
			title: 'MODEL',
			width: roomy ? 22 : sight.width >= 60 ? 13 : sight.width >= 38 ? 10 : 8,
			rank: aliasWidth === undefined ? 1 : 9.5,
			growsTo: 40,
			cell: (entry, width) => modelText(entry, width, sight.glyphs),
			tone: ({state}) => (state === 'aborted' ? 'dim' : 'plain'),
		},
		figure('IN', 8.6, (entry) =>
			counted(tokensOf(entry.exchange, entry.live).prompt),
		),
		figure('CACHED', 12, cachedText, () => 'dim'),
		{...figure('OUT', 2, (entry) => outputText(entry, sight.glyphs)), width: 5},
		figure('T/S', 4, (entry) => rateText(entry, sight)),
		figure('TTFT', 6, firstTokenText),
		{
			title: 'COST',
			width: roomy ? 9 : sight.width >= 60 ? 7 : 6,
			rank: 8,
			align: 'right',
			cell: ({exchange}, width) => costText(exchange, width, sight.glyphs),
			tone: ({exchange}) =>
				exchange.priceSource === 'unpriced' || isRebuilt(exchange)
					? 'warn'
					: 'plain',
		},
		figure('TIME', 3, ({exchange}) => timeText(exchange, sight.nowMs)),
		figure('LAST', 9.2, (entry) => lastByteText(entry, sight)),
		figure(
			'TRIES',
			10.9,
			({exchange, live}) => triesText(live?.attempts ?? exchange.attempts),
			() => 'accent',
		),
		{
			...figure(
				'ID',
				11,
				({exchange}) => String(exchange.id),
				() => 'dim',
			),
			width: 6,
		},
		{
			title: 'ENDPOINT',
			width: 12,
			rank: 13,
			cell: ({exchange}) => steady(exchange.endpoint ?? '', sight.glyphs),
			tone: () => 'dim',
		},
		{
			title: 'SESSION',
			width: 8,
			// FROM says it too where no agent of it is named.
			rank: 10.5,
			cell: ({exchange}) =>
				steady(exchange.session ?? '', sight.glyphs).slice(0, 8),
			tone: () => 'dim',
		},
		{
			title: 'FROM',
			width: roomy ? 19 : 10,
			rank: 9,
			growsTo: Infinity,
			cell: ({exchange}, width) => fromOf(exchange, width, sight.glyphs),
			tone: () => 'dim',
		},
	];
	const absent = new Set([
		...(sight.severalEndpoints ? [] : ['ENDPOINT']),
		...(sight.severalSessions ? [] : ['SESSION']),
		...(sight.isTriedAgain ? [] : ['TRIES']),
		...(aliasWidth === undefined ? ['ALIAS'] : []),
	]);
	return columns.filter(({title}) => !absent.has(title));
}

function figure(
	title: string,
	rank: number,
	cell: (entry: Entry) => string,
	tone?: (entry: Entry) => Tone,
): Column<Entry> {
	return {
		title,
		rank,
		width: Math.max(4, title.length),
		align: 'right',
		cell,
		tone,
	};
}

/**
What was asked for too, where another model answered and both can be read.
*/
export function modelText(
	{exchange, live}: Entry,
	width: number,
	glyphs: Glyphs,
): string {
	const served = steady(modelOf(exchange, live), glyphs);
	const asked = steady(exchange.askedModel ?? served, glyphs);
	const both = `${asked} ${glyphs.arrow} ${served}`;
	return asked !== served && widthOf(both) <= width
		? both
		: shortModel(served, width, glyphs.cut);
}

const counted = (value: number | undefined) =>
	value === undefined ? '-' : showCount(value);

function outputText({exchange, live}: Entry, glyphs: Glyphs): string {
	const {output, proof} = tokensOf(exchange, live);
	switch (proof) {
		case 'missing': {
			return '?';
		}

		case 'estimate': {
			return output === undefined ? '-' : `~${showCount(output)}`;
		}

		case 'atLeast': {
			return output === undefined
				? '?'
				: `${glyphs.atLeast}${showCount(output)}`;
		}

		case 'exact': {
			return counted(output);
		}
	}
}

function rateText({exchange, live}: Entry, {nowMs, fresh}: Sight): string {
	return !fresh && isOpen(exchange)
		? '-'
		: counted(outputRate(exchange, live, nowMs));
}

function cachedText({exchange, live}: Entry): string {
	const {prompt, cached} = tokensOf(exchange, live);
	return prompt === undefined || isOpen(exchange)
		? '-'
		: showShare(cached, prompt);
}

function firstTokenText({exchange, live}: Entry): string {
	const firstAt = live?.firstTokenAt ?? exchange.firstTokenAt;
	return firstAt === null || exchange.startedAt === null
		? '-'
		: showDuration(firstAt - exchange.startedAt);
}

/**
How long ago the last byte of a stream came; blank where no more are to come.
*/
function lastByteText({exchange, live}: Entry, {nowMs, fresh}: Sight): string {
	if (!isOpen(exchange)) {
		return '';
	}

	const quietMs = quietForMs(live, nowMs);
	return quietMs === undefined || !fresh ? '-' : showWait(quietMs);
}

const triesText = (attempts: number | null): string =>
	attempts !== null && attempts > 1 ? String(attempts) : '';

const timeText = (
	{startedAt, endedAt}: Entry['exchange'],
	nowMs: number,
): string =>
	startedAt === null ? '-' : showDuration((endedAt ?? nowMs) - startedAt);
