import {setters, type Setter} from './steering.js';

/**
What another version, or a hand with `sqlite3`, may have written.
*/
export const asRecord = (value: unknown): Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null
		? (value as Readonly<Record<string, unknown>>)
		: {};

export const isSetter = (value: unknown): value is Setter =>
	setters.includes(value as Setter);

/**
Times, numbers of changes, amounts: whole and not below 0.
*/
export const isWhole = (value: unknown): value is number =>
	Number.isSafeInteger(value) && (value as number) >= 0;

export const isWholeOrNull = (value: unknown): value is number | null =>
	value === null || isWhole(value);

export const isTextOrNull = (value: unknown): value is string | null =>
	value === null || typeof value === 'string';

const controls = /[\p{Bidi_Control}\p{Control}]+/gv;

/**
What is said to people in one line, without what a terminal would obey.
*/
export const plain = <Text extends string | null>(text: Text): Text =>
	(text === null ? null : text.replaceAll(controls, ' ')) as Text;

export const isPlain = (value: unknown): value is string =>
	typeof value === 'string' && !/[\p{Bidi_Control}\p{Control}]/v.test(value);

export const isPlainName = (value: unknown): value is string =>
	isPlain(value) && value !== '';

export const isNameOrNull = (value: unknown): value is string | null =>
	value === null || isPlainName(value);
