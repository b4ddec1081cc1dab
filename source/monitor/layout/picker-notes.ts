import {aliasShown} from '../../exchange/as-asked.js';
import {showCount} from '../../exchange/show.js';
import {inForce} from '../asked.js';
import {configOf} from '../connection.js';
import type {Model} from '../model.js';
import type {ContextFit, SwitchRisks} from '../switch-risks.js';
import type {Glyphs, Tone} from '../theme.js';
import {holdTexts} from './active-alias.js';
import {fold, steady} from './fit-text.js';
import type {Line} from './line.js';
import {cachedPriceText, priceText, type Choice} from './picker-choices.js';
import {cachedTitle, hazardMark, priceTitle} from './picker-columns.js';
import {rewriteText} from './switch-line.js';

type Place = Readonly<{width: number; glyphs: Glyphs}>;

/**
What may go wrong with the alias that is picked, each in a sentence.
*/
export const riskNotes = (
	choice: Choice | undefined,
	{width}: Place,
): readonly Line[] =>
	choice === undefined
		? []
		: riskTexts(choice.risks).flatMap(([text, tone]) =>
				prose(text, width, tone),
			);

function riskTexts({
	context,
	isThinkingForeign,
}: SwitchRisks): ReadonlyArray<readonly [string, Tone]> {
	return [
		...(context === undefined ? [] : fitTexts(context)),
		...(isThinkingForeign
			? ([
					[
						`${hazardMark} Signed thinking is from another vendor: the next request may be refused.`,
						'warn',
					],
				] as const)
			: []),
	];
}

function fitTexts({
	kind,
	tokens,
	context,
}: ContextFit): ReadonlyArray<readonly [string, Tone]> {
	const [has, most] = [showCount(tokens), showCount(context)];
	switch (kind) {
		case 'fits': {
			return [];
		}

		case 'tight': {
			return [
				[
					`Nearly full: a live prompt has ${has} of the ${most} tokens that fit.`,
					'warn',
				],
			];
		}

		case 'too long': {
			return [
				[`Too long: a live prompt has ${has} tokens, and ${most} fit.`, 'bad'],
			];
		}
	}
}

/**
What else there is to know, of the picked one and of all. `titles` are those of the columns that are there.
*/
export function pickerNotes(
	model: Model,
	choice: Choice | undefined,
	{width, glyphs, titles}: Place & Readonly<{titles: readonly string[]}>,
): readonly Line[] {
	const steer = configOf(model)?.steer ?? [];
	return [
		...(choice === undefined
			? []
			: [
					...costNotes(choice, glyphs),
					...priceNotes(choice, titles),
					...targetNotes(choice, glyphs),
				].flatMap((text) => prose(text, width, 'plain'))),
		...holdNotes(model, glyphs),
		...[
			...legend(choice, titles),
			...(steer.length > 0
				? [`It steers ${steady(steer.join(', '), glyphs)}.`]
				: []),
			'New requests only; streams keep their model.',
		].flatMap((text) => prose(text, width, 'dim')),
	];
}

function costNotes({rewrite}: Choice, glyphs: Glyphs): readonly string[] {
	if (rewrite === undefined || rewrite.tokens === 0) {
		return [];
	}

	const whose =
		rewrite.sessions > 1 ? ` for ${rewrite.sessions} live sessions` : '';
	return [`Cache to write again${whose}: ${rewriteText(rewrite, glyphs)}.`];
}

/**
The prices of the one that is picked, where there is no column for them.
*/
function priceNotes(
	choice: Choice,
	titles: readonly string[],
): readonly string[] {
	if (!choice.price || titles.includes(cachedTitle)) {
		return [];
	}

	const cached = cachedPriceText(choice);
	const parts = [
		...(titles.includes(priceTitle) ? [] : [`${priceText(choice)} in/out`]),
		...(cached === '-' ? [] : [`${cached} cached`]),
	];
	return parts.length === 0 ? [] : [`A million tokens: ${parts.join(', ')}.`];
}

const targetNotes = ({targets}: Choice, glyphs: Glyphs): readonly string[] =>
	targets.length < 2
		? []
		: [
				`If it fails: ${targets
					.slice(1)
					.map((target) => steady(target, glyphs))
					.join(', then ')}.`,
			];

function holdNotes(model: Model, glyphs: Glyphs): readonly Line[] {
	const active = inForce(model, 'active')?.value;
	const held = active && holdTexts(active, model.nowMs, glyphs)[0];
	return held
		? [[[steady(aliasShown(active.alias), glyphs), 'good'], [`: ${held}`]]]
		: [];
}

/**
What the mark means, where the picked one does not say it.
*/
const legend = (
	choice: Choice | undefined,
	titles: readonly string[],
): readonly string[] =>
	titles.filter((title) => title === '').length > 1 &&
	choice?.risks.isThinkingForeign !== true
		? [`${hazardMark} signed thinking is from another vendor`]
		: [];

const prose = (text: string, width: number, tone: Tone): readonly Line[] =>
	fold(text, width).map((part): Line => [[part, tone]]);
