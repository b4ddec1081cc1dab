import type {Measure} from '../exchange/measures.js';
import {showCount} from '../exchange/show.js';
import {priceHint} from '../pricing/price-hint.js';
import {fold, rule, widthOf, type Line} from './line.js';
import type {Look} from './look.js';
import type {Doubt, Summary} from './summary.js';
import {foldBy} from './sums.js';
import {count, nameText} from './words.js';

const shownModels = 3;

/**
What is not in the figures, or not all of it, and how to put that right.
*/
export function doubtLines(
	{unpriced, partial}: Pick<Summary, 'unpriced' | 'partial'>,
	look: Look,
): readonly Line[] {
	const withoutPrice = byModel(unpriced, 'unpriced');
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
		.toSorted((a, b) => b.answers - a.answers);

function unpricedLines(
	models: readonly InDoubt[],
	look: Look,
): readonly Line[] {
	const more = models.length - shownModels;
	return [
		...models
			.slice(0, shownModels)
			.flatMap(({model, answers}) => [
				...fold(
					`${showCount(answers)} ${count(answers, 'answer')} of ${nameText('model', model)} without a price. Give it one in config.toml:`,
					look,
				),
				...priceHint(model).map((line): Line => [
					[`    ${fitting(line, look.width - 4)}`, 'warn'],
				]),
			]),
		...(more > 0
			? fold(`and ${more} more ${count(more, 'model')}: --json has all`, look)
			: []),
	];
}

/**
A line of the config, without its comment where that does not fit. It is there to be copied: never cut.
*/
const fitting = (line: string, width: number): string =>
	widthOf(line) <= width
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
