import {cleanName} from '../exchange/clean.js';

export type Draft<Shape> = {-readonly [Key in keyof Shape]: Shape[Key]};

// No endpoint has that many limits; a hostile one must not fill the log.
const mostWindows = 32;

/**
The window of that name, which is made where there is none. Undefined when there are too many.
*/
export function windowOf<Window extends object>(
	windows: Map<string, Window>,
	name: string,
	empty: Window,
): Window | undefined {
	const known = windows.get(name);
	if (known !== undefined || windows.size >= mostWindows) {
		return known;
	}

	windows.set(name, empty);
	return empty;
}

/**
A number that is not negative. Azure says -1 where it does not know.
*/
export function numberOf(value: string): number | undefined {
	const number = value === '' ? NaN : Number(value);
	return Number.isFinite(number) && number >= 0 ? number : undefined;
}

export function textOf(value: string): string | undefined {
	return cleanName(value) || undefined;
}

export function flagOf(value: string): boolean {
	return value.toLowerCase() === 'true';
}

const unitMs: Readonly<Record<string, number>> = {
	h: 3_600_000,
	m: 60_000,
	s: 1000,
	ms: 1,
	us: 0.001,
	µs: 0.001,
	ns: 0.000001,
};

const longestDuration = 64;
const amount = String.raw`\d{1,16}(?:\.\d{1,16})?`;
const unit = 'ms|us|µs|ns|[hms]';
const duration = new RegExp(`^(?:${amount}(?:${unit}))+$`);
const durationPart = new RegExp(`(?<amount>${amount})(?<unit>${unit})`, 'g');

/**
Go's way to write a duration (`6m1.22s`, `120ms`), or a plain number of seconds, in milliseconds.
*/
export function durationMs(text: string): number | undefined {
	const seconds = numberOf(text);
	if (seconds !== undefined) {
		// That large, it is an instant and not a duration.
		return seconds < 1e9 ? Math.round(seconds * 1000) : undefined;
	}

	if (text.length > longestDuration || !duration.test(text)) {
		return undefined;
	}

	let sum = 0;
	for (const {groups} of text.matchAll(durationPart)) {
		sum += Number(groups!['amount']) * unitMs[groups!['unit']!]!;
	}

	return Math.round(sum);
}
