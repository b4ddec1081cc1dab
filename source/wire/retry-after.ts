import {headerOf, type HeaderList} from './header-list.js';

/**
How long the endpoint asks to wait, in milliseconds. `retry-after-ms` beats `retry-after`, which is
seconds or an HTTP date. A date is counted from `now` (epoch milliseconds), or from the answer's own
`date` header.
*/
export function retryAfterMs(
	headers: HeaderList,
	now: number | undefined,
): number | undefined {
	const exact = secondsOrMs(headerOf(headers, 'retry-after-ms'));
	if (exact !== undefined) {
		return Math.round(exact);
	}

	const value = headerOf(headers, 'retry-after');
	const seconds = secondsOrMs(value);
	if (seconds !== undefined) {
		return Math.round(seconds * 1000);
	}

	const from = now ?? Date.parse(headerOf(headers, 'date') ?? '');
	// `Date.parse` takes a bare "-5" for a year, so a date must begin with a letter or four digits.
	const until = /^(?:[a-z]|\d{4}-)/i.test(value ?? '')
		? Date.parse(value!)
		: NaN;
	const wait = until - from;
	return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}

function secondsOrMs(value: string | undefined): number | undefined {
	return value !== undefined && /^\s*\d+(?:\.\d+)?\s*$/.test(value)
		? Number(value)
		: undefined;
}
