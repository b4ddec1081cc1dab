import {showCount, showMoney, showShare} from '../../exchange/show.js';
import type {ModelTotals} from '../../usage-log/news.js';
import type {Glyphs} from '../theme.js';
import {sumText, tokenSumText} from './cost-text.js';
import {widthOf} from './fit-text.js';
import {clip, lineWidth, rule, type Line, type Piece} from './line.js';

/**
The full prompt, cached or not.
*/
export const promptOf = (totals: ModelTotals): number =>
	totals.inputTokens + totals.cacheReadTokens + totals.cacheWriteTokens;

/**
Today's figures as the title of the table below, or as a line of their own.
*/
export function todayLine(
	totals: readonly ModelTotals[],
	{width, glyphs}: {width: number; glyphs: Glyphs},
): Line {
	const title = 'today';
	const room = width - widthOf(title) - 6;
	return rule(title, fittingFigures(totals, room, glyphs), {width, glyphs});
}

/**
As many of today's figures as fit; what goes first stands last here.
*/
const fittingFigures = (
	totals: readonly ModelTotals[],
	room: number,
	glyphs: Glyphs,
): Line => {
	let figures: readonly Line[] = [];
	for (const figure of figuresOf(totals, glyphs)) {
		const more = [...figures, figure];
		if (lineWidth(joined(more)) > room) {
			break;
		}

		figures = more;
	}

	return figures.length > 0 ? joined(figures) : clip([], room, glyphs.cut);
};

const joined = (figures: readonly Line[]): Line =>
	figures.flatMap((figure, index) =>
		index === 0 ? [...figure] : [['  '] as Piece, ...figure],
	);

const figuresOf = (
	totals: readonly ModelTotals[],
	glyphs: Glyphs,
): readonly Line[] => {
	const sum = (of: (one: ModelTotals) => number) =>
		totals.reduce((so, one) => so + of(one), 0);
	const requests = sum((one) => one.requests);
	const limited = sum((one) => one.limited);
	const unproven = sum((one) => one.unproven);
	const prompt = sum(promptOf);
	const cached = sum((one) => one.cacheReadTokens);
	const cost = sum((one) => one.costNanodollars);
	const plan = sum((one) => one.planNanodollars);
	const unpriced = sum((one) => one.unpriced);
	const rebuilt = sum((one) => one.rebuiltTokens);
	return [
		...(requests > 0
			? [
					[
						[
							sumText({costNanodollars: cost, unpriced, unproven}, glyphs),
							'bold',
						],
						...(plan > 0
							? ([
									[
										plan === cost
											? ' by plan'
											: ` (${showMoney(plan)} by plan)`,
										'dim',
									],
								] satisfies Line)
							: []),
					] satisfies Line,
				]
			: []),
		[
			[showCount(requests), 'bold'],
			[' req', 'dim'],
		],
		[
			[prompt === 0 && unproven > 0 ? '?' : showCount(prompt), 'bold'],
			[' in', 'dim'],
		],
		[
			[
				tokenSumText(
					sum((one) => one.outputTokens),
					{unproven},
					glyphs,
				),
				'bold',
			],
			[' out', 'dim'],
		],
		...(limited > 0
			? [
					[
						[showCount(limited), 'warn'],
						[` ${glyphs.times} 429`, 'dim'],
					] satisfies Line,
				]
			: []),
		...(prompt > 0
			? [
					[
						[showShare(cached, prompt), 'bold'],
						[' cached', 'dim'],
					] satisfies Line,
				]
			: []),
		...(rebuilt > 0
			? [
					[
						[`${glyphs.rebuilt}${showCount(rebuilt)}`, 'warn'],
						[
							` rebuilt (${showMoney(sum((one) => one.rebuiltNanodollars))})`,
							'dim',
						],
					] satisfies Line,
				]
			: []),
		...(unpriced > 0 && cost > 0
			? [
					[
						[showCount(unpriced), 'warn'],
						[' unpriced', 'dim'],
					] satisfies Line,
				]
			: []),
		...(unproven > 0
			? [
					[
						[showCount(unproven), 'warn'],
						[' unproven', 'dim'],
					] satisfies Line,
				]
			: []),
	];
};
