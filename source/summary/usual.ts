import {dayAfter, dayOf, type DayRule, type Span} from '../calendar/day.js';
import {quarterMs} from '../exchange/measures.js';
import type {SumReader} from './sum-reader.js';
import type {Usual} from './summary.js';
import {addSums} from './sums.js';

const daysBefore = 7;
/**
Of fewer days nothing is usual.
*/
const fewestDays = 3;

/**
What is usual for a day, by the seven before it: of those on which anything was asked the median cost.
For a day that is not over, as much of each as has passed of it. Undefined for other stretches of time.
*/
export function usualOf(
	reader: SumReader,
	{rule, span, nowMs}: Readonly<{rule: DayRule; span: Span; nowMs: number}>,
): Usual | undefined {
	const day = dayOf(rule, span.fromMs);
	if (day.fromMs !== span.fromMs || day.toMs !== span.toMs) {
		return undefined;
	}

	const passedMs = Math.ceil((nowMs - day.fromMs) / quarterMs) * quarterMs;
	const soFar = nowMs >= day.fromMs && nowMs < day.toMs;
	const costs = Array.from({length: daysBefore}, (_, index) =>
		dayAfter(rule, day, -index - 1),
	).flatMap(({fromMs, toMs}) => {
		const sumUntil = (endMs: number) =>
			addSums(reader.sums({fromMs, toMs: endMs}, []));
		const isUsed = toMs > fromMs && sumUntil(toMs).requests > 0;
		const untilMs = soFar ? Math.min(fromMs + passedMs, toMs) : toMs;
		return isUsed ? [sumUntil(untilMs).costNanodollars] : [];
	});
	return costs.length < fewestDays
		? undefined
		: {nanodollars: median(costs), days: costs.length, soFar};
}

function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const [lower, upper] = [
		sorted[Math.floor((sorted.length - 1) / 2)]!,
		sorted[Math.floor(sorted.length / 2)]!,
	];
	return Math.round((lower + upper) / 2);
}
