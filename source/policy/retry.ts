import type {ErrorClass} from '../exchange/usage.js';
import {backoffMs} from './backoff.js';

/**
How an attempt ended that may not be the last: without an answer, or with one that is no success.
*/
export type AttemptEnd = Readonly<
	| {
			/**
			No connection, or reset where the endpoint cannot have begun to work on it; the immediate
			reconnects are spent.
			*/
			kind: 'unreachable';
	  }
	| {
			/**
			Reset, or no headers in time, after the body was sent.
			*/
			kind: 'maybe-billed';
	  }
	| {
			kind: 'refused';
			status: number;
			class: ErrorClass | undefined;
			/**
			The endpoint's word: `x-should-retry`, else by status.
			*/
			retryable: boolean;
			retryAfterMs: number | undefined;
	  }
>;

export type RetryFacts = Readonly<{
	end: AttemptEnd;
	/**
	Tries at this target, the one that has just ended included.
	*/
	triesHere: number;
	/**
	As many as each target may have.
	*/
	attempts: number;
	/**
	The prompt costs much: see dear.ts.
	*/
	isDear: boolean;
	/**
	Another target could be tried after this one.
	*/
	hasNext: boolean;
	/**
	For this request another target stands before this one.
	*/
	isFallback: boolean;
	/**
	Of the silence budget; Infinity once comments keep the client content.
	*/
	leftMs: number;
	/**
	In [0, 1).
	*/
	random: number;
}>;

export type Verdict = Readonly<
	| {
			/**
			At the same target.
			*/
			kind: 'again';
			waitMs: number;
	  }
	| {kind: 'next'}
	| {
			/**
			The client gets this answer untouched. Where this attempt had none, it gets the last there was, or
			what we have to say ourselves.
			*/
			kind: 'show';
	  }
	| {
			/**
			The client gets the answer of the target before this one, or what we have to say ourselves where
			that one gave none. Where no other was tried for this request, this answer is all there is.
			*/
			kind: 'show-previous';
	  }
>;

const again = (waitMs: number): Verdict => ({kind: 'again', waitMs});
const next: Verdict = {kind: 'next'};
const show: Verdict = {kind: 'show'};
const showPrevious: Verdict = {kind: 'show-previous'};

const longestBackoffMs = 8000;
const longestDearBackoffMs = 30_000;

/**
Nobody waits longer than this for one try, comments or not: some say `retry-after` in hours.
*/
const longestWaitMs = 5 * 60 * 1000;

/**
A fallback that answers so cannot serve this request; that says nothing of the request.
*/
const unfit = new Set([400, 401, 403, 404, 422]);

/**
At these a dear prompt waits where its cached beginning is.
*/
const waitedOut = new Set([429, 503, 529]);

/**
What the next try would not change, nor another target: the account or the request is at fault.
*/
const final = new Set<ErrorClass | undefined>([
	'quota',
	'auth',
	'billing',
	'permission',
	'invalid_request',
	'context_length',
	'too_large',
	'not_found',
	'model_not_found',
	'route_not_found',
]);

/**
What becomes of a request after an attempt of which nothing has reached the client.
*/
export function afterAttempt(facts: RetryFacts): Verdict {
	const {end, isDear} = facts;
	switch (end.kind) {
		case 'unreachable': {
			return isDear ? show : elsewhere(facts);
		}

		case 'maybe-billed': {
			return isDear ? show : onceMore(facts, undefined);
		}

		case 'refused': {
			return afterRefusal(facts, end);
		}
	}
}

/**
Whether an answer of this status must be kept back until its body has been read and `afterAttempt` was
asked. All others are the client's from their first byte on.
*/
export const mayBeHidden = (status: number, isFallback: boolean): boolean =>
	passes(status) || (isFallback && unfit.has(status));

type Refused = Extract<AttemptEnd, {kind: 'refused'}>;

function afterRefusal(facts: RetryFacts, end: Refused): Verdict {
	if (facts.isFallback && isUnfit(end)) {
		return facts.hasNext && !facts.isDear ? next : showPrevious;
	}

	if (!passes(end.status) || final.has(end.class)) {
		return show;
	}

	if (facts.isDear) {
		return end.retryable && waitedOut.has(end.status)
			? waitOut(facts, end.retryAfterMs)
			: show;
	}

	return end.retryable ? onceMore(facts, end.retryAfterMs) : elsewhere(facts);
}

// Gateways wrap a model they do not have in other statuses, such as 503.
const isUnfit = (end: Refused): boolean =>
	unfit.has(end.status) || end.class === 'model_not_found';

const passes = (status: number): boolean =>
	status === 408 || status === 409 || status === 429 || status >= 500;

const elsewhere = ({hasNext, leftMs}: RetryFacts): Verdict =>
	hasNext && leftMs > 0 ? next : show;

function onceMore(
	facts: RetryFacts,
	retryAfterMs: number | undefined,
): Verdict {
	const waitMs = wait(facts, longestBackoffMs, retryAfterMs);
	return facts.triesHere < facts.attempts && fits(waitMs, facts)
		? again(waitMs)
		: elsewhere(facts);
}

function waitOut(facts: RetryFacts, retryAfterMs: number | undefined): Verdict {
	const waitMs = wait(facts, longestDearBackoffMs, retryAfterMs);
	return fits(waitMs, facts) ? again(waitMs) : show;
}

const wait = (
	{triesHere, random}: RetryFacts,
	longestMs: number,
	retryAfterMs: number | undefined,
): number => backoffMs({tries: triesHere, longestMs, retryAfterMs, random});

const fits = (waitMs: number, {leftMs}: RetryFacts): boolean =>
	waitMs < leftMs && waitMs <= longestWaitMs;
