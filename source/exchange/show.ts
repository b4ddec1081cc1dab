import type {Unit} from './field.js';

const hourMs = 3_600_000;
const minuteMs = 60_000;

/**
Four characters at most, like `du -h`: `0`, `999`, `1.2k`, `12k`, `340k`, `1.2M`.
*/
export function showCount(value: number): string {
	for (const [limit, suffix] of [
		[1e9, 'G'],
		[1e6, 'M'],
		[1e3, 'k'],
	] as const) {
		// 999,500 reads 1.0M: it would need five characters as 1000k.
		if (value >= (limit === 1e3 ? 999.5 : limit * 0.9995)) {
			return scaled(value / limit) + suffix;
		}
	}

	return String(Math.round(value));
}

const scaled = (value: number) =>
	value < 9.95 ? value.toFixed(1) : String(Math.round(value));

/**
Four characters at most, from milliseconds: `0.7s`, `59s`, `9m05`, `42m`, `3h10`, `26h`, `12d`.
*/
export function showDuration(ms: number): string {
	const value = Math.max(0, ms);
	if (value < 9950) {
		return `${(value / 1000).toFixed(1)}s`;
	}

	if (value < 59_500) {
		return `${Math.round(value / 1000)}s`;
	}

	if (value < 10 * minuteMs) {
		const seconds = Math.min(599, Math.round(value / 1000));
		return `${Math.floor(seconds / 60)}m${twoDigits(seconds % 60)}`;
	}

	if (value < hourMs) {
		return `${Math.floor(value / minuteMs)}m`;
	}

	return value < 10 * hourMs
		? `${Math.floor(value / hourMs)}h${twoDigits(Math.floor((value % hourMs) / minuteMs))}`
		: value < 100 * hourMs
			? `${Math.floor(value / hourMs)}h`
			: `${Math.floor(value / (24 * hourMs))}d`;
}

/**
Whole seconds below a minute, so that what counts up changes once a second: `0s`, `14s`, `2m05`.
*/
export const showWait = (ms: number): string =>
	ms < 59_500
		? `${Math.floor(Math.max(0, ms) / 1000)}s`
		: showDuration(Math.floor(ms / 1000) * 1000);

/**
Local time of day, `14:32` or `14:32:07`, from epoch milliseconds.
*/
export function showClock(
	epochMs: number,
	{seconds = false}: {seconds?: boolean} = {},
): string {
	// Not Intl: this is drawn with every frame.
	const date = new Date(epochMs);
	const clock = `${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`;
	return seconds ? `${clock}:${twoDigits(date.getSeconds())}` : clock;
}

/**
Local date and time, `2026-11-22 14:32:07`, from epoch milliseconds.
*/
export function showInstant(epochMs: number): string {
	const date = new Date(epochMs);
	const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
	return `${day.map((part) => twoDigits(part)).join('-')} ${showClock(epochMs, {seconds: true})}`;
}

/**
`3.4%`, `12%`, `100%`; `-` where there is no whole to be a part of.
*/
export function showShare(part: number, whole: number): string {
	if (whole <= 0) {
		return '-';
	}

	const percent = (part / whole) * 100;
	return percent > 0 && percent < 9.95
		? `${Math.max(0.1, percent).toFixed(1)}%`
		: `${Math.round(percent)}%`;
}

/**
US dollars and cents, from whole nano-dollars; `<1c` for less than a cent.
*/
export function showMoney(nanodollars: number): string {
	if (nanodollars > 0 && nanodollars < 1e7) {
		return '<1c';
	}

	const dollars = nanodollars / 1e9;
	return dollars >= 100 ? `$${Math.round(dollars)}` : `$${dollars.toFixed(2)}`;
}

/**
US dollars exact to the cent, from whole nano-dollars: `$1,234.56`; `<$0.01` for less than a cent,
`$0.00` for nothing alone.
*/
export function showCents(nanodollars: number): string {
	if (nanodollars > 0 && nanodollars < 1e7) {
		return '<$0.01';
	}

	const cents = Math.round(nanodollars / 1e7);
	return `$${showWhole(Math.floor(cents / 100))}.${twoDigits(cents % 100)}`;
}

/**
A whole number with its thousands apart: `1,234,567`.
*/
export function showWhole(value: number): string {
	let rest = String(value);
	let groups = '';
	while (rest.length > 3) {
		groups = `,${rest.slice(-3)}${groups}`;
		rest = rest.slice(0, -3);
	}

	return rest + groups;
}

/**
One value as its unit looks, `-` for what is not known.
*/
export function show(unit: Unit, value: unknown): string {
	if (value === null || value === undefined) {
		return '-';
	}

	switch (unit) {
		case 'name': {
			return value as string;
		}

		case 'facts': {
			return JSON.stringify(value);
		}

		case 'flag': {
			return value ? 'yes' : 'no';
		}

		case 'instant': {
			return showInstant(value as number);
		}

		case 'duration': {
			return showDuration(value as number);
		}

		case 'tokens':
		case 'count': {
			return showCount(value as number);
		}

		case 'money': {
			return showMoney(value as number);
		}
	}
}

/**
Words stand left, figures right.
*/
export const alignmentOf = (unit: Unit): 'left' | 'right' =>
	['name', 'facts', 'flag'].includes(unit) ? 'left' : 'right';

const twoDigits = (value: number) => String(value).padStart(2, '0');
