import {nearest} from '../../config/nearest.js';
import type {Role} from './answers.js';

/**
A model that can be chosen. Prices in nano-dollars for a million tokens, undefined where they are not known.
*/
export type Choice = Readonly<{
	id: string;
	input?: number | undefined;
	output?: number | undefined;
}>;

/**
The newest model of a class, by what the ids say; undefined where there is none. Of two that are called the same,
the one without a date is preferred, and either to one of a special kind.
*/
export function newestOf(
	line: Role['line'],
	models: readonly Choice[],
): string | undefined {
	return models
		.map(({id}) => ({id, ...readId(id)}))
		.filter(({words}) => words.includes(line))
		.toSorted(
			(one, other) =>
				one.special - other.special ||
				compareVersions(other.version, one.version) ||
				one.id.length - other.id.length,
		)[0]?.id;
}

type ReadId = Readonly<{
	words: readonly string[];
	version: readonly number[];
	/**
	How many words it has that say it is not the plain model.
	*/
	special: number;
}>;

const plainWords = new Set([
	'claude',
	'haiku',
	'sonnet',
	'opus',
	'latest',
	'anthropic',
	'v',
]);

/**
`vendor/claude-3-5-haiku-20241022`: its words, and the version 3, 5.
*/
function readId(id: string): ReadId {
	const name = id.slice(id.lastIndexOf('/') + 1).toLowerCase();
	const words = name.match(/[a-z]+|\d+/gv) ?? [];
	return {
		words,
		// What is longer is a date, or no version.
		version: words.filter((word) => /^\d{1,2}$/v.test(word)).map(Number),
		special: words.filter((word) => !/\d/v.test(word) && !plainWords.has(word))
			.length,
	};
}

function compareVersions(
	one: readonly number[],
	other: readonly number[],
): number {
	const at = one.findIndex((part, index) => part !== (other[index] ?? -1));
	return at === -1 ? one.length - other.length : one[at]! - (other[at] ?? -1);
}

/**
The listed id that was most likely meant by a name that is none; undefined where nothing is near.
*/
export function meantId(
	written: string,
	models: readonly Choice[],
): string | undefined {
	const ids = models.map(({id}) => id);
	const wanted = plainly(written);
	return (
		ids.find((id) => plainly(id) === wanted) ??
		ids.find((id) => plainly(id).endsWith(`-${wanted}`)) ??
		lineIn(wanted, models) ??
		nearest(wanted, ids)
	);
}

const plainly = (name: string): string =>
	name.toLowerCase().replaceAll(/[^\d\/a-z]+/gv, '-');

/**
Who writes "sonnet" means the newest.
*/
function lineIn(wanted: string, models: readonly Choice[]): string | undefined {
	const line = (['haiku', 'sonnet', 'opus'] as const).find((one) =>
		wanted.split('-').includes(one),
	);
	const numbers = wanted.match(/\d+/gv) ?? [];
	const near = models.filter(({id}) =>
		numbers.every((number) => readId(id).words.includes(number)),
	);
	return (
		line &&
		(newestOf(line, near.length > 0 ? near : models) ?? newestOf(line, models))
	);
}

/**
`$3 in, $15 out`; empty where it is not known.
*/
export function priceWords({input, output}: Choice): string {
	return input === undefined || output === undefined
		? ''
		: `$${dollars(input)} in, $${dollars(output)} out`;
}

/**
The same where there is less room: `$3/$15`.
*/
export const shortPrice = ({input, output}: Choice): string =>
	input === undefined || output === undefined
		? 'price not known'
		: `$${dollars(input)}/$${dollars(output)}`;

const dollars = (nanodollars: number): string =>
	String(Number((nanodollars / 1e9).toPrecision(6)));
