import type {TodaysCap, TodaysCaps} from './steering.js';

/**
What somebody has set for a key for the day that began then; undefined where nobody has, or only for another day.
*/
export function todaysCapOf(
	caps: TodaysCaps | undefined,
	key: string,
	from: number,
): TodaysCap | undefined {
	const cap =
		caps !== undefined && Object.hasOwn(caps, key) ? caps[key] : undefined;
	return cap?.from === from ? cap : undefined;
}

/**
The caps with that of one key changed. Those of days before it are let go. `change` gets what was there, of
whichever day.
*/
export function withCap(
	caps: TodaysCaps | undefined,
	key: string,
	change: (before: TodaysCap | undefined) => TodaysCap,
): TodaysCaps {
	const before = Object.entries(caps ?? {});
	const after = change(before.find(([name]) => name === key)?.[1]);
	return Object.fromEntries([
		...before.filter(([name, {from}]) => name !== key && from >= after.from),
		[key, after],
	]);
}
