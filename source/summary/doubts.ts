import type {Measure} from '../exchange/measures.js';
import {showCount} from '../exchange/show.js';
import {priceHint} from '../pricing/price-hint.js';
import {fold, rule, widthOf, type Line} from './line.js';
import type {Look} from './look.js';
import type {Doubt, Summary, Unpriced} from './summary.js';
import {foldBy} from './sums.js';
import {count, nameText} from './words.js';

const shownModels = 3;
/**
Before lines of the config.
*/
export const hintInset = ' '.repeat(4);

/**
What is not in the figures, or not all of it, and how to put that right.
*/
export function doubtLines(
	{unpriced, partial}: Pick<Summary, 'unpriced' | 'partial'>,
	look: Look,
): readonly Line[] {
	const withoutPrice = byGap(unpriced);
	const brokenOff = byModel(partial, 'partial');
	const withoutUsage = byModel(partial, 'missing');
	if (withoutPrice.length + brokenOff.length + withoutUsage.length === 0) {
		return [];
	}

	return [
		rule('not in these figures', '', look),
		...unpricedLines(withoutPrice, look),
		...sentence(brokenOff, 'broke off: counted as far as seen', look),
		...sentence(withoutUsage, 'came without usage: not counted', look),
	];
}

type InDoubt = Readonly<{model: string; answers: number}>;

const byModel = (
	doubts: readonly Doubt[],
	measure: Measure,
): readonly InDoubt[] =>
	foldBy(
		doubts.map(({model, sums}) => ({...sums, model})),
		({model}) => model,
	)
		.map(([model, sums]) => ({model, answers: sums[measure]}))
		.filter(({answers}) => answers > 0)
		.toSorted(mostFirst);

/**
Of as many the order would be that of the log, which changes while it is kept.
*/
const mostFirst = (one: InDoubt, other: InDoubt): number =>
	other.answers - one.answers || (one.model < other.model ? -1 : 1);

type WithoutPrice = Omit<Unpriced, 'endpoint'>;

/**
The same at several endpoints is one.
*/
const byGap = (unpriced: readonly Unpriced[]): readonly WithoutPrice[] =>
	[
		...Map.groupBy(unpriced, ({model, gap}) =>
			JSON.stringify([model, gap.model, gap.lacks]),
		).values(),
	]
		.map((same) => ({
			model: same[0]!.model,
			gap: same[0]!.gap,
			answers: same.reduce((sum, {answers}) => sum + answers, 0),
		}))
		.toSorted(mostFirst);

function unpricedLines(
	unpriced: readonly WithoutPrice[],
	look: Look,
): readonly Line[] {
	const more = unpriced.length - shownModels;
	return [
		...unpriced.slice(0, shownModels).flatMap((one) => hintLines(one, look)),
		...(more > 0
			? fold(`and ${more} more ${count(more, 'model')}: --json has all`, look)
			: []),
	];
}

function hintLines(
	{model, gap, answers}: WithoutPrice,
	look: Look,
): readonly Line[] {
	const {why, advice, write} = priceHint(gap);
	const isOwn = gap.lacks === 'model' && gap.model === model;
	return [
		...fold(
			`${showCount(answers)} ${count(answers, 'answer')} of ${nameText('model', model)} without a price${isOwn ? '' : `: ${why}`}. ${advice}`.trimEnd(),
			look,
		),
		...write.map((line): Line => [
			[hintInset + fitting(inGlyphs(line, look), look), 'warn'],
		]),
	];
}

/**
What is to be filled in, as it can be shown.
*/
const inGlyphs = (line: string, {glyphs}: Look): string =>
	line.replaceAll('…', () => glyphs.fillIn);

/**
A line of the config, without its comment where that does not fit. It is there to be copied: never cut.
*/
const fitting = (line: string, {width}: Look): string =>
	widthOf(line) + hintInset.length <= width
		? line
		: line.slice(0, line.lastIndexOf('#')).trimEnd();

function sentence(
	models: readonly InDoubt[],
	what: string,
	look: Look,
): readonly Line[] {
	if (models.length === 0) {
		return [];
	}

	const answers = models.reduce((sum, one) => sum + one.answers, 0);
	const names = models
		.slice(0, shownModels)
		.map(({model}) => nameText('model', model));
	const more = models.length > shownModels ? ' and others' : '';
	return fold(
		`${showCount(answers)} ${count(answers, 'answer')} ${what} (${names.join(', ')}${more})`,
		look,
	);
}
