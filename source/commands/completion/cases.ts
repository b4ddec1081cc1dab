import {everywhere, named, type Entry} from './entries.js';
import type {Offer} from './offered.js';

/**
How a shell is told what to offer.
*/
type Offering = (offer: Offer) => string;

/**
The branches of a `case`, as bash and zsh write them.
*/
export const cases = (
	branches: ReadonlyArray<readonly [pattern: string, does: string]>,
): string =>
	branches.map(([pattern, does]) => `\t\t\t${pattern}) ${does} ;;`).join('\n');

/**
By the name of a command that runs another program: what completes the words of that one.
*/
export const programCases = (entries: readonly Entry[], does: string): string =>
	cases(
		named(entries)
			.filter(({runsAnother}) => runsAnother)
			.map(({name}) => [name, does]),
	);

/**
By `command flag`: the values of the flag.
*/
export const valueCases = (
	entries: readonly Entry[],
	offering: Offering,
): string =>
	cases([
		...entries.flatMap(({name, flags}) =>
			flags.flatMap(({flag, offer}) =>
				offer ? [[`'${name} ${flag}'`, offering(offer)] as const] : [],
			),
		),
		...everywhere.flatMap(({flag, offer}) =>
			offer ? [[`*' ${flag}'`, offering(offer)] as const] : [],
		),
	]);

/**
By `command place word-before`: the words that may stand there.
*/
export const wordCases = (
	entries: readonly Entry[],
	offering: Offering,
): string =>
	cases(
		entries.flatMap(({name, words}) =>
			words.map(
				({at, after, offer}) =>
					[
						`'${name} ${at} '${after === undefined ? '*' : `'${after}'`}`,
						offering(offer),
					] as const,
			),
		),
	);
