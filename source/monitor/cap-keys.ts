import {answering, capQuestionOf} from './cap-answers.js';
import {stepOf, type CapChange} from './cap-change.js';
import {keyMeant} from './cap-input.js';
import {
	capShown,
	isReached,
	keyStandings,
	measuresOf,
	standingOf,
	type CapMeasure,
} from './caps.js';
import {capWords} from './layout/cap-text.js';
import {keyName} from './key-name.js';
import type {Model} from './model.js';
import {remarked, whyNotSteer} from './switching.js';

/**
Why today's cap cannot be changed now.
*/
export const whyNotCap = (model: Model): string | undefined =>
	whyNotSteer(model) ??
	(keyStandings(model).length === 0
		? 'No cap yet: daily_cap below [keys.default] in config.toml'
		: undefined);

/**
Asks whether to raise today's cap by a step.
*/
export function raiseAsked(model: Model): Model {
	const key = keyMeant(model);
	const measure = key === undefined ? undefined : nearestOf(model, key);
	if (!measure) {
		return remarked(
			model,
			`No key has a cap to raise; ${keyName(model, 'cap')} sets one.`,
		);
	}

	const {of, cap} = measure;
	const amount = stepOf(of, cap);
	const means: CapChange = {
		key: measure.key.name,
		from: measure.key.from,
		of,
		kind: 'add',
		amount,
		usual: usualOf(measure),
	};
	const [by, to] = [amount, cap + amount].map((one) => capWords(of, one));
	return {
		...model,
		question: {
			text: `Raise today's cap of ${measure.key.name} by ${by} to ${to}? y/n`,
			shorter: [
				`Raise ${measure.key.name} by ${by} to ${to}? y/n`,
				`Raise by ${by} to ${to}? y/n`,
				`To ${to}? y/n`,
			],
			means,
		},
	};
}

const nearestOf = (model: Model, key: string): CapMeasure | undefined => {
	const standing = standingOf(model, key);
	return standing && measuresOf(standing)[0];
};

const usualOf = ({key, of, cap}: CapMeasure): number =>
	(of === 'tokens' ? key.usualTokens : key.usualNanodollars) ?? cap;

/**
Whether the cap that the bar tells of is reached, or requests wait for an answer.
*/
export const isAtCap = (model: Model): boolean => {
	const question = capQuestionOf(model);
	const measure = capShown(model, question?.key.name);
	return (
		question !== undefined || (measure !== undefined && isReached(measure))
	);
};

const answerKeys: ReadonlySet<string> = new Set(['+', '1', 'f', 'n']);
const digits = /^\d$/v;
/**
What is pressed sooner was meant for what stood there before.
*/
const readingMs = 400;

/**
What a key means while the screen asks what to do at a cap; undefined for those that mean what they always
do. Digits are no aliases then: nobody shall spend on a request who meant to switch.
*/
export function answeredAtCap(model: Model, press: string): Model | undefined {
	const question = model.readOnly ? undefined : capQuestionOf(model);
	if (!question || !(answerKeys.has(press) || digits.test(press))) {
		return undefined;
	}

	if (model.nowMs - (model.capAskedAtMs ?? model.nowMs) < readingMs) {
		return remarked(model, 'That question is new: press the key again.');
	}

	const calm: Model = {...model, remark: undefined};
	const {cheaper} = question.key;
	switch (press) {
		case '+': {
			return raiseAsked(calm);
		}

		case '1': {
			return answering(calm, question.exchanges.slice(0, 1), {kind: 'once'});
		}

		case 'f': {
			return cheaper === null
				? remarked(model, 'There is no cheaper alias to go on with.')
				: answering(calm, question.exchanges, {kind: 'alias', alias: cheaper});
		}

		case 'n': {
			return answering(calm, question.exchanges, {kind: 'refuse'});
		}

		default: {
			return remarked(model, 'Answer first: + 1 f n.');
		}
	}
}

/**
Remembers since when it is asked.
*/
export function capAsked(model: Model): Model {
	const isOpen = capQuestionOf(model) !== undefined;
	return isOpen === (model.capAskedAtMs !== undefined)
		? model
		: {...model, capAskedAtMs: isOpen ? model.nowMs : undefined};
}
