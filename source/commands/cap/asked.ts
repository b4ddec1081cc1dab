import {dailyCap} from '../../config/key-kinds.js';
import {keySettings} from '../../config/settings.js';
import {UserError} from '../../user-error.js';

/**
What a cap is counted in.
*/
export type Of = 'nanodollars' | 'tokens';

/**
What the words of `tollgate cap` ask for. Without an amount: to be shown. Without a key: the only one, or all.
*/
export type Asked = Readonly<{
	key: string | undefined;
	/**
	Nano-dollars or tokens.
	*/
	amount: Readonly<{value: number; isMore: boolean}> | undefined;
	of: Of;
}>;

const usageLine =
	'Write: tollgate cap KEY, tollgate cap KEY +5, or tollgate cap KEY 30';

/**
Reads them: `KEY`, `+5`, `KEY 30`, `KEY +50000 tokens`. A UserError where they make no sense.
*/
export function askedOf(words: readonly string[]): Asked {
	const isTokens = words.length > 1 && words.at(-1) === 'tokens';
	const rest = isTokens ? words.slice(0, -1) : words;
	const of: Of = isTokens ? 'tokens' : 'nanodollars';
	const [first, second, third] = rest;
	if (third !== undefined || (isTokens && !isAmount(rest.at(-1)))) {
		throw new UserError('This is not understood.', usageLine, {exitCode: 2});
	}

	if (second !== undefined) {
		return {key: first, amount: amountOf(second, of), of};
	}

	return isAmount(first)
		? {key: undefined, amount: amountOf(first!, of), of}
		: {key: first, amount: undefined, of};
}

const isAmount = (word: string | undefined): boolean =>
	/^\+?\d+(?:\.\d+)?$/v.test(word ?? '');

/**
In digits: what JavaScript else takes for a number is most likely a slip.
*/
function amountOf(word: string, of: Of): NonNullable<Asked['amount']> {
	const {more = '', digits} =
		/^(?<more>\+)?(?<digits>\d+(?:\.\d+)?)$/v.exec(word)?.groups ?? {};
	const value = capOf(digits, of);
	if (value !== undefined) {
		return {value, isMore: more !== ''};
	}

	const {allowed} = of === 'tokens' ? keySettings.dailyTokens.kind : dailyCap;
	throw new UserError(
		'That amount is not understood.',
		`Write ${allowed}; with a "+" before it, it is added for today.`,
		{exitCode: 2},
	);
}

/**
A cap as it is written in the config, as nano-dollars or tokens; undefined where it is none.
*/
export function capOf(digits: string | undefined, of: Of): number | undefined {
	if (digits === undefined || !/^\d+(?:\.\d+)?$/v.test(digits)) {
		return undefined;
	}

	const kind = of === 'tokens' ? keySettings.dailyTokens.kind : dailyCap;
	const reading = kind.read(Number(digits));
	return reading.kind === 'read' ? reading.value : undefined;
}
