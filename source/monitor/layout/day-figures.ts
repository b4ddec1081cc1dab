import {showCount, showMoney, showShare} from '../../exchange/show.js';
import {
	promptIn,
	type DaySums,
	type HourSums,
	type Weight,
} from '../day-sums.js';
import type {Glyphs} from '../theme.js';
import {sumText, tokenSumText} from './cost-text.js';
import type {Line, Piece} from './line.js';

/**
The sums of a day, one figure each.
*/
export function dayFigures(total: DaySums, glyphs: Glyphs): readonly Line[] {
	const prompt = promptIn(total);
	const cost = sumText(total, glyphs);
	return [
		[[cost, cost === 'unpriced' ? 'warn' : 'bold']],
		figure(showCount(total.requests), 'req'),
		figure(prompt === 0 && total.unproven > 0 ? '?' : showCount(prompt), 'in'),
		...(prompt > 0
			? [figure(showShare(total.cacheReadTokens, prompt), 'cached')]
			: []),
		figure(showCount(total.cacheWriteTokens), 'written'),
		figure(tokenSumText(total.outputTokens, total, glyphs), 'out'),
		...(total.limited > 0
			? [figure(showCount(total.limited), `${glyphs.times} 429`, 'warn')]
			: []),
	];
}

const figure = (value: string, word: string, tone: Piece[1] = 'bold'): Line => [
	[value, tone],
	[` ${word}`, 'dim'],
];

/**
What is not in the sums, or only in part, each a sentence.
*/
export function dayDoubts(total: DaySums): readonly string[] {
	const {requests, unpriced, unproven, planNanodollars, costNanodollars} =
		total;
	return [
		...(unpriced > 0
			? [
					`${showCount(unpriced)} of ${showCount(requests)} requests have no price: no sum of dollars has them.`,
				]
			: []),
		...(unproven > 0
			? [
					`${showCount(unproven)} of ${showCount(requests)} told their tokens in part or not at all: the sums are the least it was.`,
				]
			: []),
		...(planNanodollars > 0
			? [
					`${planNanodollars === costNanodollars ? 'All of it' : showMoney(planNanodollars)} is paid by a plan: no bill.`,
				]
			: []),
	];
}

/**
The hour that took most and the one that took least of those with requests. One that still runs is not the least.
*/
export function hourWords(
	hours: readonly HourSums[],
	{unit, weigh, words}: Weight,
	nowMs: number,
): string | undefined {
	const busy = hours
		.filter(({sums}) => sums.requests > 0)
		.toSorted((one, other) => weigh(other.sums) - weigh(one.sums));
	const most = busy[0];
	if (most === undefined) {
		return undefined;
	}

	const least = busy.findLast(({toMs}) => toMs <= nowMs);
	const [top, bottom] =
		unit === 'cost' ? ['dearest', 'cheapest'] : ['busiest', 'calmest'];
	const told = ({clock, sums}: HourSums) => `${clock} ${words(weigh(sums))}`;
	return [
		`${top} hour ${told(most)}`,
		...(least === undefined || least === most
			? []
			: [`${bottom} ${told(least)}`]),
	].join(', ');
}
