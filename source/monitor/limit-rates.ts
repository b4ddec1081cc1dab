import type {Attempt} from '../exchange/exchange.js';
import {bucketsUntil} from './buckets.js';
import type {Model} from './model.js';
import {oncePerModel} from './once-per-model.js';

/**
How many attempts of a span of time were answered 429 or 529.
*/
export type LimitRate = Readonly<{attempts: number; limited: number}>;

/**
An endpoint that takes no more: of us (429), or of anybody (529).
*/
export const isLimited = ({httpStatus}: Pick<Attempt, 'httpStatus'>): boolean =>
	httpStatus === 429 || httpStatus === 529;

/**
The attempts that were limited, as they come in the log; and when those began that were answered at all.
*/
const answers = oncePerModel(({attempts}: Model) => {
	const limited: Attempt[] = [];
	const answeredAt: number[] = [];
	for (const attempt of attempts.values()) {
		if (isLimited(attempt)) {
			limited.push(attempt);
		}

		if (
			attempt.startedAt !== null &&
			(attempt.endedAt !== null || attempt.httpStatus !== null)
		) {
			answeredAt.push(attempt.startedAt);
		}
	}

	return {limited, answeredAt};
});

/**
Over the last `spanMs`, per attempt; those still without an answer do not count.
*/
export function limitRate(model: Model, spanMs: number): LimitRate {
	const {limited, answeredAt} = answers(model);
	const fromMs = model.nowMs - spanMs;
	let count = 0;
	for (const atMs of answeredAt) {
		count += Number(atMs > fromMs);
	}

	return {
		attempts: count,
		limited: limited.filter(({startedAt}) => (startedAt ?? 0) > fromMs).length,
	};
}

/**
Whether any of them was answered 529.
*/
export const isOverloaded = oncePerModel((model: Model): boolean =>
	answers(model).limited.some(({httpStatus}) => httpStatus === 529),
);

/**
The one that was limited last.
*/
export const lastLimited = oncePerModel((model: Model): Attempt | undefined => {
	let last: Attempt | undefined;
	for (const attempt of answers(model).limited) {
		if ((attempt.endedAt ?? 0) >= (last?.endedAt ?? 0)) {
			last = attempt;
		}
	}

	return last;
});

/**
Limited attempts in each of the last `cells` spans of `bucketMs`, oldest first.
*/
export function limitSeries(
	model: Model,
	{cells, bucketMs}: {cells: number; bucketMs: number},
): readonly number[] {
	const series = bucketsUntil(model.nowMs, {cells, bucketMs});
	for (const {startedAt} of answers(model).limited) {
		if (startedAt !== null) {
			series.add(startedAt, 1);
		}
	}

	return series.values;
}
