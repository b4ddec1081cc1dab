import {machineDay} from '../../source/calendar/machine-day.js';
import {machineHours} from '../../source/calendar/machine-hours.js';
import {quarterMs} from '../../source/exchange/measures.js';
import {showClock} from '../../source/exchange/show.js';
import {addSums} from '../../source/monitor/day-sums.js';
import type {Message} from '../../source/monitor/update.js';
import {noSums} from '../../source/summary/sums.js';
import type {
	QuarterTotals,
	SessionTotals,
} from '../../source/usage-log/news.js';
import {sampleNowMs, totalsRow} from './sample-rows.js';

const hours = machineHours(machineDay('00:00', sampleNowMs)).map((hour) => ({
	...hour,
	clock: showClock(hour.fromMs),
}));

const models = ['claude-opus-4-8', 'glm-5.2', 'a-model-without-price'] as const;

/**
From 07:00 until now, most of it at noon.
*/
const quarters: readonly QuarterTotals[] = models.flatMap((model, rank) =>
	Array.from({length: 31}, (_, index) => ({
		...totalsRow(model, {
			requests: 3,
			limited: index === 20 ? 2 : 0,
			costNanodollars: rank === 2 ? 0 : index === 20 ? 2e9 : 1e8 / (rank + 1),
			unpriced: rank === 2 ? 1 : 0,
		}),
		quarter: hours[7]!.fromMs / quarterMs + index,
	})),
);

export const sessionTotals = (
	session: string,
	given: Partial<SessionTotals> = {},
): SessionTotals => ({
	...noSums,
	session,
	requests: 40,
	inputTokens: 12_000,
	cacheReadTokens: 900_000,
	outputTokens: 14_000,
	costNanodollars: 1.2e9,
	...given,
});

/**
A day that is under way, as the log tells of it.
*/
export const sampleDay: readonly Message[] = [
	{
		kind: 'totals',
		totals: models.map((model) => ({
			model,
			...addSums(quarters.filter((one) => one.model === model)),
		})),
	},
	{kind: 'quarters', quarters},
	{kind: 'hours', hours},
	{
		kind: 'sessions',
		sessions: [
			sessionTotals('0f3a9c1e-77aa-4b1e-9d8c-3b8f0c2a1d55', {
				costNanodollars: 5.1e9,
			}),
			...Array.from({length: 16}, (_, index) =>
				sessionTotals(`${index + 10}00abcd-0000`, {
					costNanodollars: 1.2e9 / (index + 1),
				}),
			),
			sessionTotals('', {costNanodollars: 0, unpriced: 40}),
		],
	},
];
