import {
	asRecord,
	isNameOrNull,
	isPlain,
	isPlainName,
	isWhole,
	isWholeOrNull,
} from './readable.js';
import type {KeyStanding} from './steering.js';

const amounts = [
	'from',
	'resetsAt',
	'spentNanodollars',
	'spentTokens',
	'reservedNanodollars',
	'reservedTokens',
	'unpriced',
] as const satisfies ReadonlyArray<keyof KeyStanding>;

const caps = [
	'capNanodollars',
	'capTokens',
	'usualNanodollars',
	'usualTokens',
] as const satisfies ReadonlyArray<keyof KeyStanding>;

/**
What a passthrough says of its keys; undefined where it says nothing, or something that makes no sense.
*/
export const keysIn = (written: unknown): readonly KeyStanding[] | undefined =>
	Array.isArray(written) && written.every((one) => isKeyStanding(one))
		? written
		: undefined;

function isKeyStanding(value: unknown): value is KeyStanding {
	const said = asRecord(value);
	const {warnAt} = said;
	return (
		isPlainName(said['name']) &&
		amounts.every((name) => isWhole(said[name])) &&
		caps.every((name) => isWholeOrNull(said[name])) &&
		isPlain(said['atCap']) &&
		/^(?:ask|refuse|alias:.+)$/v.test(said['atCap']) &&
		Array.isArray(warnAt) &&
		warnAt.every((step) => Number.isFinite(step)) &&
		isNameOrNull(said['cheaper']) &&
		typeof said['isReached'] === 'boolean'
	);
}
