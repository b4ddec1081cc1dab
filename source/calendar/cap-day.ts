import {dayOf, type DayRule} from './day.js';

/**
The day that a cap counts, in epoch milliseconds, `to` not in it. Begins and ends on a quarter of an hour.
*/
export type CapDay = Readonly<{from: number; to: number}>;

const shortestMs = 6 * 60 * 60 * 1000;

/**
The day that counts now. One that has begun goes on to its end, also where the zone or the start hour has
been changed since: that holds from the next boundary on, so that no change takes back what is spent.
`current` is the day that counted last, if any.
*/
export function capDayAt(
	rule: DayRule,
	current: CapDay | undefined,
	nowMs: number,
): CapDay {
	// Where the clock was set back, the day that it shows now counts.
	if (current === undefined || nowMs < current.from) {
		return capDay(rule, nowMs);
	}

	if (nowMs < current.to) {
		return current;
	}

	// Behind the day after, all days are the rule's own.
	const next = capDayAfter(rule, current);
	return nowMs < next.to ? next : capDay(rule, nowMs);
}

/**
The day that an instant is in, where nothing was changed.
*/
export function capDay(rule: DayRule, epochMs: number): CapDay {
	const {fromMs, toMs} = dayOf(rule, epochMs);
	return {from: fromMs, to: toMs};
}

/**
The day that follows one, up to the next boundary of the rule, which may be another than the one it ended
by. A day that would be shorter than six hours by that is joined to the next: so it has up to 30.
*/
export function capDayAfter(rule: DayRule, {to}: CapDay): CapDay {
	const day = capDay(rule, to);
	const isShort = day.to - to < shortestMs;
	return {from: to, to: isShort ? capDay(rule, day.to).to : day.to};
}
