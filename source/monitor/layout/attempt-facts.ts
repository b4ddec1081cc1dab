import type {Attempt, Exchange} from '../../exchange/exchange.js';
import {showClock, showDuration} from '../../exchange/show.js';
import type {Entry} from '../exchange-list.js';
import type {Model} from '../model.js';
import type {Fact} from './exchange-facts.js';

/**
Every try of an exchange: where, what came of it, how long it was waited after it, and whose answer the
agent got. None where there was but one: it says nothing that the exchange does not say.
*/
export function attemptFacts(model: Model, {exchange}: Entry): readonly Fact[] {
	const tries = triesOf(model, exchange);
	return tries.length > 1
		? tries.map((attempt, index): Fact => {
				const isShown =
					exchange.shownAttempt !== null &&
					exchange.shownAttempt === attempt.number;
				return [
					`try ${attempt.number ?? ''}`,
					attemptText(attempt, {next: tries[index + 1], isShown}),
					isShown ? 'bold' : undefined,
				];
			})
		: [];
}

/**
Those that are known of, in their order.
*/
export const triesOf = (
	{attempts}: Model,
	{id}: Exchange,
): readonly Attempt[] =>
	Array.from(attempts.values())
		.filter((attempt) => attempt.exchange === id)
		.toSorted((one, other) => (one.number ?? 0) - (other.number ?? 0));

const attemptText = (
	attempt: Attempt,
	{next, isShown}: {next: Attempt | undefined; isShown: boolean},
): string =>
	[
		attempt.startedAt === null
			? ''
			: showClock(attempt.startedAt, {seconds: true}),
		[attempt.httpStatus, wordOf(attempt)].filter(Boolean).join(' '),
		tookText(attempt),
		[attempt.endpoint, attempt.sentModel].filter(Boolean).join('/'),
		attempt.retryAfterMs === null
			? ''
			: `retry after ${showDuration(attempt.retryAfterMs)}`,
		waitText(attempt, next),
		attempt.possiblyBilled ? 'possibly billed' : '',
		isShown ? 'the agent got this answer' : '',
	]
		.filter((part) => part !== '')
		.join('  ');

const wordOf = ({errorClass, outcome}: Attempt): string =>
	errorClass?.replaceAll('_', ' ') ??
	(outcome === 'open' ? 'runs' : (outcome ?? ''));

const tookText = ({startedAt, endedAt}: Attempt): string =>
	startedAt === null || endedAt === null
		? ''
		: showDuration(endedAt - startedAt);

const waitText = ({endedAt}: Attempt, next: Attempt | undefined): string =>
	endedAt === null || typeof next?.startedAt !== 'number'
		? ''
		: `wait ${showDuration(next.startedAt - endedAt)}`;
