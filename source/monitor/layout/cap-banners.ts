import {showClock, showWait} from '../../exchange/show.js';
import {pendingOf} from '../asked.js';
import {answersInVain, capQuestionOf} from '../cap-answers.js';
import {capTo} from '../cap-change.js';
import {
	cappedKeys,
	isReached,
	measuresOf,
	shareOf,
	standingOf,
	type CapMeasure,
} from '../caps.js';
import {connectionOf} from '../connection.js';
import {keyName} from '../key-name.js';
import type {Model} from '../model.js';
import {warningsLeft} from '../steering-of.js';
import type {Glyphs} from '../theme.js';
import type {Banner} from './banner.js';
import {
	capWords,
	firstFitting,
	spentFigure,
	spentOfCap,
	whoseCap,
	type Room,
} from './cap-text.js';
import {steady, truncate, widthOf} from './fit-text.js';

/**
That a cap is reached, until when that holds and for what, where nothing is asked.
*/
export function capReachedBanners(
	model: Model,
	{width, atMost, glyphs}: Room,
): readonly Banner[] {
	const {kind} = connectionOf(model);
	if (kind === 'down' || kind === 'stopped') {
		return [];
	}

	const asked = capQuestionOf(model)?.key.name;
	return cappedKeys(model)
		.filter(({name}) => name !== asked)
		.flatMap((key) => measuresOf(key).slice(0, 1))
		.filter((measure) => isReached(measure))
		.map((measure): Banner => {
			const texts = reachedTexts(model, measure, glyphs);
			const text =
				texts.find((one) => widthOf(one) <= width) ??
				(atMost > 1 ? texts[0]! : texts.at(-1)!);
			return [text, 'alarm'];
		});
}

const reachedTexts = (
	model: Model,
	measure: CapMeasure,
	glyphs: Glyphs,
): readonly string[] => {
	const {key, of, spent} = measure;
	const figure = spentFigure(of, spent);
	const whose = whoseCap(model, measure, glyphs);
	const word = shareOf(measure) >= 1 ? 'REACHED' : 'FULL';
	const change = pendingOf(model, 'caps');
	if (change?.key === key.name) {
		const to = capWords(change.of, capTo(change, measure.cap));
		const verb = change.kind === 'add' ? 'raising' : 'changing';
		return [
			`DAILY CAP ${word} ${figure}${whose} - ${verb} it to ${to}${glyphs.soon}`,
			`CAP ${word} ${figure} - ${verb} it to ${to}${glyphs.soon}`,
			`CAP ${figure} ${glyphs.arrow} ${to}${glyphs.soon}`,
		];
	}

	const raises = model.readOnly ? '' : `. ${keyName(model, 'cap')} raises it`;
	const until = `${effect(key.atCap, glyphs)} until ${showClock(key.resetsAt)}`;
	return [
		`DAILY CAP ${word} ${figure}${whose} - ${until}${raises}`,
		`CAP ${word} ${figure}${whose} - ${until}${raises}`,
		`CAP ${word} ${figure}${raises}`,
		`CAP ${word} ${figure}`,
	];
};

const effect = (atCap: string, glyphs: Glyphs): string =>
	atCap === 'refuse'
		? 'refused'
		: atCap.startsWith('alias:')
			? `on ${truncate(steady(atCap.slice('alias:'.length), glyphs), 24, glyphs.cut)}`
			: 'held';

/**
What a change of today's cap would have done, as in `NOT RAISED to $25`.
*/
export function doneToCap(model: Model, glyphs: Glyphs): string {
	const change = model.asked.caps?.value;
	if (!change) {
		return '';
	}

	const standing = standingOf(model, change.key);
	const cap =
		(change.of === 'tokens' ? standing?.capTokens : standing?.capNanodollars) ??
		0;
	const to = capWords(change.of, capTo(change, cap));
	const whose = `the cap of ${steady(change.key, glyphs)}`;
	return change.kind === 'add'
		? `RAISED ${whose} to ${to}`
		: `SET ${whose} to ${to}`;
}

/**
The figure for today's cap as it is typed, and what is wrong with it.
*/
export function inputBanner(
	model: Model,
	{width, glyphs}: Room,
): readonly Banner[] {
	const {capInput} = model;
	if (!capInput) {
		return [];
	}

	const {of, text, problem} = capInput;
	const figure = of === 'tokens' ? `${text}_ tok` : `$${text}_`;
	if (problem !== undefined) {
		const said = firstFitting([`${figure}  ${problem}`, problem], width);
		return [[said, 'caution']];
	}

	const standing = standingOf(model, capInput.key);
	const cap = of === 'tokens' ? standing?.capTokens : standing?.capNanodollars;
	const now = typeof cap === 'number' ? `${capWords(of, cap)} now` : 'none now';
	const name = truncate(steady(capInput.key, glyphs), 24, glyphs.cut);
	return [
		[
			firstFitting(
				[
					`today's cap of ${name}, ${now}: ${figure}`,
					`cap of ${name}, ${now}: ${figure}`,
					`cap, ${now}: ${figure}`,
					`cap: ${figure}`,
				],
				width,
			),
			'inverse',
		],
	];
}

/**
Answers that had no effect.
*/
export const answerBanners = (model: Model): readonly Banner[] => {
	const [first, ...more] = answersInVain(model);
	if (!first) {
		return [];
	}

	const which =
		more.length === 0 ? String(first.exchange) : `${more.length + 1} requests`;
	return [
		[
			first.problem === undefined
				? `NOT ANSWERED YET for ${which}, asked ${showWait(model.nowMs - first.askedAtMs)} ago - the passthrough has not confirmed it`
				: `NOT ANSWERED for ${which}: ${first.problem} (${keyName(model, 'back')} asks again)`,
			'alarm',
		],
	];
};

/**
Steps to a cap that were just passed, as long as that is all there is to say of it.
*/
export const stepBanners = (model: Model, glyphs: Glyphs): readonly Banner[] =>
	model.capSteps.told.flatMap(({measure, step, untilMs}): readonly Banner[] => {
		const now = asItStands(model, measure);
		const holds = now !== undefined && !isReached(now) && shareOf(now) >= step;
		return untilMs > model.nowMs && holds
			? [
					[
						`${Math.round(step * 100)}% OF TODAY'S CAP${whoseCap(model, now, glyphs)}: ${spentOfCap(now)}`,
						'caution',
					],
				]
			: [];
	});

const asItStands = (
	model: Model,
	{key, of}: CapMeasure,
): CapMeasure | undefined => {
	const standing = standingOf(model, key.name);
	return standing && measuresOf(standing).find((one) => one.of === of);
};

/**
What the passthrough finds odd: the first that was not put away, and how many there are.
*/
export const warningBanners = (model: Model): readonly Banner[] => {
	const warnings = warningsLeft(model);
	const [first] = warnings;
	if (first === undefined) {
		return [];
	}

	return [
		[
			warnings.length > 1
				? `${warnings.length} WARNINGS: ${first} (${keyName(model, 'back')}: the next)`
				: `WARNING: ${first} (${keyName(model, 'back')} hides this)`,
			'caution',
		],
	];
};
