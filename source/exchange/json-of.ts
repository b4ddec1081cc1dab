import {exchangeFields} from './exchange.js';

const names = ['id', 'revision', ...Object.keys(exchangeFields)] as const;

/**
An exchange as one line of JSON: all names of the catalogue in its order, `null` for what is not known. A
file of an older version lacks columns; one of a newer version has some we cannot explain.
*/
export function jsonOf(row: Readonly<Record<string, unknown>>): string {
	const ordered: Record<string, unknown> = {};
	for (const name of names) {
		ordered[name] = row[name] ?? null;
	}

	return JSON.stringify(ordered);
}
