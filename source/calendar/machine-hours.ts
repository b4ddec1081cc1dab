import type {Span} from './day.js';

/**
The hours of a span as the clock of this machine (or of `TZ`) shows them, from what Date knows. The first
and the last may be shorter, and the one in which clocks are changed by less than an hour.
*/
export function machineHours({fromMs, toMs}: Span): readonly Span[] {
	const hours: Span[] = [];
	for (let at = fromMs; at < toMs;) {
		const left = minutesInHour - new Date(at).getMinutes();
		const next = Math.min(at + left * minuteMs, toMs);
		hours.push({fromMs: at, toMs: next});
		at = next;
	}

	return hours;
}

const minutesInHour = 60;
const minuteMs = 60_000;
