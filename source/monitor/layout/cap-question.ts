import {showWait} from '../../exchange/show.js';
import {capQuestionOf, type CapQuestion} from '../cap-answers.js';
import {stepOf} from '../cap-change.js';
import {measuresOf, shareOf, type CapMeasure} from '../caps.js';
import type {Model} from '../model.js';
import type {Glyphs} from '../theme.js';
import type {Banner} from './banner.js';
import {
	capWords,
	firstFitting,
	spentOfCap,
	whoseCap,
	type Room,
} from './cap-text.js';
import {steady, truncate} from './fit-text.js';

/**
What to do with those that are held at a cap: how it stands, and the keys that answer.
*/
export function capAskedBanners(model: Model, room: Room): readonly Banner[] {
	const question = capQuestionOf(model);
	if (!question || (model.question ?? model.capInput)) {
		return [];
	}

	const stands = firstFitting(
		standsTexts(model, question, room.glyphs),
		room.width,
	);
	if (model.readOnly) {
		return [[stands, 'alarm']];
	}

	const answers = answerTexts(question, room.glyphs);
	return room.atMost > 1
		? [
				[stands, 'alarm'],
				[firstFitting(answers, room.width), 'inverse'],
			]
		: [
				[
					firstFitting(
						answers.flatMap((text) => [
							`AT THE CAP: ${text}`,
							`CAP: ${text}`,
							text,
						]),
						room.width,
					),
					'alarm',
				],
			];
}

function standsTexts(
	model: Model,
	question: CapQuestion,
	glyphs: Glyphs,
): readonly string[] {
	const {key, exchanges, untilMs} = question;
	const measure = measuresOf(key)[0];
	const held = `${exchanges.length} held`;
	const left =
		untilMs === undefined ? '' : `, ${showWait(untilMs - model.nowMs)} left`;
	const stands =
		measure === undefined ? ['', '', ''] : standsOf(model, measure, glyphs);
	return [
		...stands.map((text) => `${text} - ${held}${left}`),
		`${stands.at(-1)!} - ${held}`,
		`CAP - ${held}`,
	];
}

/**
`DAILY CAP REACHED $20.03 of $20`, with whose it is where there are several, and shorter.
*/
function standsOf(
	model: Model,
	measure: CapMeasure,
	glyphs: Glyphs,
): readonly string[] {
	const figures = spentOfCap(measure);
	const whose = whoseCap(model, measure, glyphs);
	return shareOf(measure) >= 1
		? [
				`DAILY CAP REACHED ${figures}${whose}`,
				`CAP REACHED ${figures}${whose}`,
				`CAP ${figures}${whose}`,
				`CAP ${figures}`,
			]
		: [
				`DAILY CAP: ${figures}${whose} spent, the next does not fit`,
				`CAP ${figures}${whose}, the next does not fit`,
				`CAP ${figures}${whose}, too little left`,
				`CAP ${figures}, full`,
			];
}

/**
The answers with their keys, the fullest first.
*/
function answerTexts(
	{key, exchanges}: CapQuestion,
	glyphs: Glyphs,
): readonly string[] {
	const measure = measuresOf(key)[0];
	const step = measure
		? capWords(measure.of, stepOf(measure.of, measure.cap))
		: '';
	const cheaper =
		key.cheaper === null
			? undefined
			: truncate(steady(key.cheaper, glyphs), 16, glyphs.cut);
	const one =
		exchanges.length > 1 ? `let #${exchanges[0]} pass once` : 'this once';
	const listed = (raise: string, once: string, goOn: string, refuse: string) =>
		[
			step === '' ? '' : `+ ${raise}`,
			`1 ${once}`,
			cheaper === undefined ? '' : `f ${goOn}${cheaper}`,
			`n ${refuse}`,
		]
			.filter(Boolean)
			.join('  ');
	const shortest = ['+', '1', cheaper === undefined ? '' : 'f', 'n']
		.filter(Boolean)
		.join(' ');
	return [
		listed(`raise today by ${step}`, one, 'go on with ', 'refuse'),
		listed(`${step} more today`, one, 'go on with ', 'refuse'),
		listed(`${step} more`, 'once', 'go on with ', 'refuse'),
		listed(`${step} more`, 'once', '', 'refuse'),
		listed(step, 'once', '', 'no'),
		shortest,
	];
}
