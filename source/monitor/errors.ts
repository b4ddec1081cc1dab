import type {Attempt, Exchange} from '../exchange/exchange.js';
import {wordsFor} from '../exchange/words.js';
import {alertsOf, type Alert} from './alerts.js';
import {knownModels} from './layout/known-models.js';
import type {Model} from './model.js';
import {openedOver} from './overlay.js';
import {rowStateOf} from './row-state.js';
import {remarked} from './switching.js';

/**
A request or one of its tries that failed.
*/
export type Failure = Readonly<{
	kind: 'failure';
	exchange: number;
	atMs: number;
	/**
	Empty for what asks no model.
	*/
	model: string;
	endpoint: string;
	/**
	Undefined where the whole request failed.
	*/
	try: number | undefined;
	/**
	Ever shorter.
	*/
	short: readonly string[];
	remedy: string;
}>;

export type ErrorRow =
	Failure | (Readonly<{kind: 'alert'}> & Omit<Alert, 'kind'>);

const mostShown = 200;

/**
What is wrong now, then what failed, newest first.
*/
export const errorRows = (model: Model): readonly ErrorRow[] => [
	...alertsOf(model).map((alert) => ({...alert, kind: 'alert'}) as const),
	...failuresOf(model),
];

export const errorMarked = (model: Model): ErrorRow | undefined =>
	errorRows(model)[model.overlayAt];

function failuresOf(model: Model): readonly Failure[] {
	const failed = Array.from(model.exchanges.values()).filter((exchange) =>
		isFailure(exchange),
	);
	const tries = Array.from(model.attempts.values()).filter(
		(attempt) =>
			['error', 'truncated', 'lost'].includes(attempt.outcome ?? '') &&
			!isToldByExchange(attempt, model.exchanges),
	);
	return [
		...failed.map((exchange) => [exchange, undefined] as const),
		...tries.map((attempt) => [attempt, attempt] as const),
	]
		.toSorted(([one], [other]) => endOf(other) - endOf(one))
		.slice(0, mostShown)
		.map(([row, attempt]) => failureOf(model, row, attempt));
}

/**
That an agent left is no failure, and what asks no model is a probe of whether anybody is there.
*/
const isFailure = (exchange: Exchange): boolean =>
	exchange.format !== null && rowStateOf(exchange, undefined, 0) === 'failed';

const isToldByExchange = (
	{exchange: id, number}: Attempt,
	exchanges: Model['exchanges'],
): boolean => {
	const exchange = exchanges.get(id ?? -1);
	return (
		exchange !== undefined &&
		(exchange.format === null ||
			(isFailure(exchange) && exchange.attempts === number))
	);
};

const endOf = ({endedAt, startedAt}: Exchange | Attempt): number =>
	endedAt ?? startedAt ?? 0;

function failureOf(
	model: Model,
	row: Exchange | Attempt,
	attempt: Attempt | undefined,
): Failure {
	const words = wordsFor(row, {
		nowMs: model.nowMs,
		models:
			row.errorClass === 'model_not_found' ? knownModels(model) : undefined,
	});
	return {
		kind: 'failure',
		exchange: attempt ? attempt.exchange! : (row as Exchange).id,
		atMs: endOf(row),
		model: row.sentModel ?? ('askedModel' in row ? row.askedModel : null) ?? '',
		endpoint: row.endpoint ?? '',
		try: attempt?.number ?? undefined,
		short: words?.short ?? ['failed'],
		remedy: words?.remedy ?? '',
	};
}

/**
What failed a while ago is known, or nobody minds.
*/
const newMs = 600_000;

/**
Requests that failed since somebody looked at the errors; not for longer than ten minutes.
*/
export function newErrors({exchanges, errorsSeenAtMs, nowMs}: Model): number {
	const sinceMs = Math.max(errorsSeenAtMs, nowMs - newMs);
	let count = 0;
	for (const exchange of exchanges.values()) {
		count += Number(endOf(exchange) > sinceMs && isFailure(exchange));
	}

	return count;
}

/**
As long as they are open, what fails is seen.
*/
export const errorsSeen = (model: Model): Model =>
	model.overlay === 'errors' ? {...model, errorsSeenAtMs: model.nowMs} : model;

/**
The request of the marked one, over the errors.
*/
export function errorShown(model: Model): Model {
	const id = errorMarked(model)?.exchange;
	return id !== undefined && model.exchanges.has(id)
		? {...openedOver(model, 'detail'), selected: id}
		: remarked(
				model,
				id === undefined
					? 'That is all there is to say of it.'
					: `Request ${id} is no longer in sight.`,
			);
}
