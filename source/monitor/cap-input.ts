import {askingCap} from './question.js';
import {capTo, type CapChange} from './cap-change.js';
import {capQuestionOf} from './cap-answers.js';
import {
	capShown,
	keyStandings,
	measuresOf,
	newestKey,
	standingOf,
	type CapMeasure,
} from './caps.js';
import {keyName} from './key-name.js';
import type {Model} from './model.js';

/**
A figure for today's cap of a key, as far as it is typed.
*/
export type CapInput = Readonly<{
	key: string;
	of: CapMeasure['of'];
	text: string;
	/**
	What is wrong with it.
	*/
	problem: string | undefined;
}>;

/**
The key that `c` and `+` are about: the one that is asked about, else the one that the bar tells of, else
the one of the newest request.
*/
export const keyMeant = (model: Model): string | undefined => {
	const known = (name: string | undefined) =>
		name !== undefined && standingOf(model, name) ? name : undefined;
	return (
		capShown(model, capQuestionOf(model)?.key.name)?.key.name ??
		known(newestKey(model)) ??
		known('default') ??
		keyStandings(model)[0]?.name
	);
};

/**
Opens the line that a figure is typed in.
*/
export function capInputOpened(model: Model): Model {
	const key = keyMeant(model);
	const standing = key === undefined ? undefined : standingOf(model, key);
	return standing
		? {
				...model,
				capInput: {
					key: standing.name,
					of: measuresOf(standing)[0]?.of ?? 'nanodollars',
					text: '',
					problem: undefined,
				},
			}
		: model;
}

const longest = 12;

/**
Takes what is typed; `enter` asks for the cap, `esc` leaves it as it is.
*/
export function capTyped(model: Model, press: string): Model {
	const {capInput} = model;
	if (!capInput) {
		return model;
	}

	const typed = (text: string): Model => ({
		...model,
		capInput: {...capInput, text: text.slice(0, longest), problem: undefined},
	});
	switch (press) {
		case 'esc': {
			return {...model, capInput: undefined};
		}

		case 'enter': {
			return entered(model, capInput);
		}

		case 'backspace': {
			return typed(capInput.text.slice(0, -1));
		}

		default: {
			return isFigure(press, capInput.of)
				? typed(capInput.text + press)
				: model;
		}
	}
}

const isFigure = (press: string, of: CapMeasure['of']): boolean =>
	of === 'tokens' ? /^[\d+.km]$/iv.test(press) : /^[\d$+.]$/v.test(press);

function entered(model: Model, input: CapInput): Model {
	const wrong = (problem: string): Model => ({
		...model,
		capInput: {...input, problem},
	});
	const standing = standingOf(model, input.key);
	if (!standing) {
		return {...model, capInput: undefined};
	}

	const figure = figureOf(input);
	if (typeof figure === 'string') {
		return wrong(
			figure === tooLittle
				? `${figure}; ${keyName(model, 'pause')} pauses`
				: figure,
		);
	}

	const now =
		input.of === 'tokens' ? standing.capTokens : standing.capNanodollars;
	if (figure.kind === 'add' && now === null) {
		return wrong('there is no cap to add to');
	}

	const usual =
		input.of === 'tokens' ? standing.usualTokens : standing.usualNanodollars;
	const change: CapChange = {
		key: input.key,
		from: standing.from,
		of: input.of,
		...figure,
		usual: usual ?? now ?? 0,
	};
	return capTo(change, now ?? 0) > largest[input.of]
		? wrong('so much cannot be counted')
		: askingCap({...model, capInput: undefined}, change);
}

const tooLittle = 'it must be more than 0';

const units: Readonly<Record<string, number>> = {k: 1e3, m: 1e6};
/**
As the config allows: a million dollars in nano-dollars, and tokens.
*/
const largest = {nanodollars: 1e15, tokens: 1e12} as const;

/**
What a text like `25`, `+5`, `7.50` or `1.5M` means, or what is wrong with it.
*/
export function figureOf({
	text,
	of,
}: Pick<CapInput, 'text' | 'of'>): Pick<CapChange, 'kind' | 'amount'> | string {
	const kind = text.startsWith('+') ? 'add' : 'set';
	const found = /^\+?\$?(?<digits>\d+(?:\.\d*)?|\.\d+)(?<unit>[km]?)$/iv.exec(
		text,
	);
	const {digits = '', unit = ''} = found?.groups ?? {};
	if (digits === '') {
		return text.replaceAll(/[$+]/gv, '') === ''
			? 'a figure is missing'
			: `"${text}" is no figure`;
	}

	if (of === 'nanodollars' && /\.\d{3}/v.test(digits)) {
		return 'cents are the smallest';
	}

	const scale =
		of === 'tokens' ? (units[unit.toLowerCase()] ?? 1) : 1_000_000_000;
	const amount = Math.round(Number(digits) * scale);
	return amount > 0 ? {kind, amount} : tooLittle;
}
