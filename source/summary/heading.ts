import type {DayRule} from '../calendar/day.js';
import {quarterMs, type Sums} from '../exchange/measures.js';
import {
	showCents,
	showCount,
	showDuration,
	showShare,
} from '../exchange/show.js';
import {spanWords} from './dates.js';
import {flow, fold, widthOf, type Line} from './line.js';
import type {Look} from './look.js';
import type {Summary, Usual} from './summary.js';
import {
	areTokensUnknown,
	isCostUnknown,
	isLowerBound,
	promptOf,
	writtenOf,
} from './sums.js';
import {costInWords, count} from './words.js';

/**
Which time this is, and in which zone.
*/
export function titleLines(summary: Summary, {width}: Look): readonly Line[] {
	const {rule, span} = summary;
	const zone = zoneWords(rule);
	const soFar = isRunning(summary) ? ', so far' : '';
	const words = spanWords(rule, span);
	const long = `${words.long}${soFar}`;
	const title =
		widthOf(long) + 2 + widthOf(zone) <= width
			? long
			: `${words.short}${soFar}`;
	const gap = width - widthOf(title) - widthOf(zone);
	return gap < 2
		? [[[title, 'bold']], [[zone, 'dim']]]
		: [[[title, 'bold'], [' '.repeat(gap)], [zone, 'dim']]];
}

/**
In which zone days are counted, and from when on where that is not midnight.
*/
export const zoneWords = ({timezone, startsAt}: DayRule): string =>
	startsAt === '00:00' ? timezone : `${timezone}, days from ${startsAt}`;

const isRunning = ({span, nowMs}: Summary): boolean =>
	nowMs >= span.fromMs && nowMs < span.toMs;

/**
The total, what it is compared with, what came and went, and what went wrong.
*/
export function totalLines(summary: Summary, look: Look): readonly Line[] {
	const {total} = summary;
	return [
		...flow([totalFigure(total), ...comparison(summary)], look.width),
		...planLines(total, look),
		...flow(tokenFigures(total), look.width),
		...flow(troubleFigures(total, look), look.width),
	];
}

function totalFigure(total: Sums): Line {
	if (isCostUnknown(total)) {
		return [[costInWords(total), 'warn']];
	}

	const figure: Line = [[showCents(total.costNanodollars), 'bold']];
	return isLowerBound(total) ? [['at least ', 'dim'], ...figure] : figure;
}

function comparison(summary: Summary): readonly Line[] {
	const {usual, total} = summary;
	if (isCostUnknown(total)) {
		return [];
	}

	if (usual !== undefined) {
		return [[[usualWords(usual, total.costNanodollars), 'dim']]];
	}

	const days = daysPassed(summary);
	return days < 2
		? []
		: [[[`${showCents(total.costNanodollars / days)} a day`, 'dim']]];
}

const dayMs = 86_400_000;

/**
Days from the first one with a request until now; none where nobody looked for it.
*/
function daysPassed({span, nowMs, time}: Summary): number {
	const first = time?.slices.find(({sums}) => sums.requests > 0);
	if (first === undefined) {
		return 0;
	}

	const {fromMs} = first;
	return Math.round((Math.min(span.toMs, nowMs + quarterMs) - fromMs) / dayMs);
}

function usualWords({nanodollars, soFar}: Usual, cost: number): string {
	const usual = soFar ? 'is usual by now' : 'a usual day';
	const amount = showCents(nanodollars);
	const difference = nanodollars === 0 ? 0 : (cost - nanodollars) / nanodollars;
	const percent = showShare(Math.abs(difference), 1);
	if (Math.abs(difference) < 0.01) {
		return soFar ? `as usual by now (${amount})` : `as usual (${amount})`;
	}

	if (difference > 2) {
		return soFar
			? `${amount} ${usual}: ${(difference + 1).toFixed(1)} times as much`
			: `${(difference + 1).toFixed(1)} times ${usual} (${amount})`;
	}

	const word = difference > 0 ? 'above' : 'below';
	return soFar
		? `${percent} ${word} what ${usual} (${amount})`
		: `${percent} ${word} ${usual} (${amount})`;
}

function planLines(
	{planNanodollars, costNanodollars}: Sums,
	look: Look,
): readonly Line[] {
	if (planNanodollars === 0) {
		return [];
	}

	const part =
		planNanodollars === costNanodollars
			? ''
			: `${showCents(planNanodollars)} of it is `;
	return fold(`${part}list price, covered by a plan: no bill`, look, 'dim');
}

const figure = (value: string, words: string, tone: 'bold' | 'warn'): Line => [
	[value, tone],
	[` ${words}`, 'dim'],
];

function tokenFigures(total: Sums): readonly Line[] {
	const requests = figure(
		showCount(total.requests),
		count(total.requests, 'request'),
		'bold',
	);
	if (areTokensUnknown(total)) {
		return [requests, [['tokens not known', 'warn']]];
	}

	const prompt = promptOf(total);
	return [
		requests,
		figure(showCount(prompt), 'tokens in', 'bold'),
		...(prompt > 0
			? [figure(showShare(total.cacheReadTokens, prompt), 'from cache', 'bold')]
			: []),
		figure(showCount(writtenOf(total)), 'written to it', 'bold'),
		figure(showCount(total.outputTokens), 'out', 'bold'),
	];
}

/**
A request that waits for nothing has waited for a moment too.
*/
const shortestWaitMs = 1000;

/**
What went wrong, each kind with its figure; none where nothing did.
*/
export function troubleFigures(total: Sums, {glyphs}: Look): readonly Line[] {
	const counted = (value: number, words: string): readonly Line[] =>
		value === 0 ? [] : [figure(showCount(value), words, 'warn')];
	return [
		...counted(
			total.limited,
			`${glyphs.times} 429 (${showShare(total.limited, total.attempts)} of tries)`,
		),
		...(total.waitedMs < shortestWaitMs
			? []
			: [figure(showDuration(total.waitedMs), 'lost waiting', 'warn')]),
		...counted(total.errors, count(total.errors, 'error')),
		...counted(total.truncated, 'cut short'),
		...counted(total.aborted, 'aborted'),
		...counted(total.refused, 'turned away'),
		...counted(total.lost, 'lost'),
	];
}
