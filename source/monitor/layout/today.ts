import {showCount, showMoney, showShare} from '../../exchange/show.js';
import type {ModelTotals} from '../../usage-log/news.js';
import {addSums, promptIn} from '../day-sums.js';
import type {Glyphs} from '../theme.js';
import {sumText, tokenSumText} from './cost-text.js';
import {widthOf} from './fit-text.js';
import {clip, lineWidth, rule, type Line, type Piece} from './line.js';

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
	const total = addSums(totals);
	const {
		requests,
		limited,
		unproven,
		unpriced,
		costNanodollars: cost,
		planNanodollars: plan,
	} = total;
	const prompt = promptIn(total);
	return [
		...(requests > 0
			? [
					[
						[sumText(total, glyphs), 'bold'],
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
			[tokenSumText(total.outputTokens, total, glyphs), 'bold'],
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
						[showShare(total.cacheReadTokens, prompt), 'bold'],
						[' cached', 'dim'],
					] satisfies Line,
				]
			: []),
		...(total.rebuiltTokens > 0
			? [
					[
						[`${glyphs.rebuilt}${showCount(total.rebuiltTokens)}`, 'warn'],
						[` rebuilt (${showMoney(total.rebuiltNanodollars)})`, 'dim'],
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
