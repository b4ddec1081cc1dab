import {cleanName} from '../exchange/clean.js';

/**
The fields we look at in a foreign object. None of them can be trusted to be there.
*/
export type Fields<Key extends string> = Readonly<
	Partial<Record<Key, unknown>>
>;

/**
The parsed value, or undefined where the text is not JSON.
*/
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		// Foreign bytes may be anything; the caller says what unreadable means for it.
		return undefined;
	}
}

export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
The value as an object with these fields; anything else reads as an empty object.
*/
export function fieldsOf<Key extends string>(value: unknown): Fields<Key> {
	return (isObject(value) ? value : {}) as Fields<Key>;
}

export function listOf(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? value : [];
}

/**
A whole count that is not negative; anything else is not a count.
*/
export function countOf(value: unknown): number | undefined {
	return typeof value === 'number' &&
		value >= 0 &&
		value <= Number.MAX_SAFE_INTEGER
		? Math.round(value)
		: undefined;
}

/**
A sum of money that is not negative, in whatever unit it was told.
*/
export function amountOf(value: unknown): number | undefined {
	return typeof value === 'number' && Number.isFinite(value) && value >= 0
		? value
		: undefined;
}

/**
A name or word of the other side, cleaned. Undefined where it is no text or empty.
*/
export function wordOf(value: unknown): string | undefined {
	return typeof value === 'string' && value !== ''
		? cleanName(value) || undefined
		: undefined;
}
