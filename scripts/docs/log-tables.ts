import {
	holdReasons,
	attemptFields,
	exchangeFields,
	liveFields,
	outcomes,
	priceGaps,
	type AttemptFields,
	type ExchangeFields,
	type Live,
} from '../../source/exchange/exchange.js';
import type {Field, Unit} from '../../source/exchange/field.js';
import {
	errorClasses,
	usageStatuses,
	wireFormatNames,
} from '../../source/exchange/usage.js';
import {measures} from '../../source/exchange/measures.js';
import {code, codes, markdownTable} from './markdown.js';

const kept: Readonly<Record<Unit, string>> = {
	name: 'text',
	instant: 'epoch ms',
	duration: 'ms',
	tokens: 'tokens',
	count: 'number',
	money: 'nano-dollars',
	flag: '1 or 0',
	facts: 'JSON',
};

const ofExchange: Readonly<Record<keyof ExchangeFields, string>> = {
	startedAt: 'The request came in.',
	admittedAt:
		'It was sent after it had been held: it counts for the cap of that day. Empty: for that of `startedAt`.',
	firstByteAt: "The answer's headers came in.",
	firstTokenAt: 'The first text, thinking or tool call came in.',
	endedAt: 'It ended, however it ended.',
	outcome: `${codes(outcomes)}. See below.`,
	state: 'While open: how far it was when the row was last written.',
	heldMs: 'How long it was kept waiting by us, all holds together.',
	holdReason: `Why it was kept waiting last: ${codes(holdReasons)}.`,
	format: `${codes(wireFormatNames)}. Empty for what is passed on unmeasured.`,
	path: 'As the client wrote it, without the query.',
	hint: `${codes(['duplicate_v1', 'missing_v1'])}: the base URL of the client is not quite right. It is served all the same.`,
	stream: 'The client asked for a stream.',
	askedModel: 'The model the client asked for.',
	alias: 'The alias it asked for by name.',
	endpoint: 'Where it was sent.',
	sentModel: 'The model the endpoint was asked for.',
	servedModel: 'The model the endpoint says it used.',
	fallbacks: 'How often it went on to another target.',
	attempts: 'How often it was sent. 0 where we turned it down.',
	attemptStartedAt: 'The last attempt began.',
	shownAttempt:
		'The number of the attempt whose answer the agent got, where that was not the last.',
	httpStatus:
		"The status of the answer. Where `reason` is set it is ours, not the endpoint's; not so where that is `cancelled`.",
	reason:
		'Why we answered ourselves: `x-tollgate-reason`. Also `cancelled` where an answer was broken off for that.',
	retryAfterMs: 'How long the endpoint asked to wait.',
	errorClass: `What kind of error: ${codes(errorClasses)}.`,
	errorType: "The error's type, in the endpoint's words.",
	errorMessage: 'Its message, cleaned, 200 characters at most.',
	stopReason: "Why the answer ended, in the endpoint's words.",
	usageStatus: `How far the tokens are proven: ${codes(usageStatuses)}.`,
	inputTokens:
		'Prompt tokens that were neither read from a cache nor written to one.',
	outputTokens: 'Answer tokens, reasoning included.',
	cacheReadTokens: 'Prompt tokens read from a cache.',
	cacheWrite5mTokens: 'Prompt tokens written to a cache, for 5 minutes.',
	cacheWrite1hTokens: 'The same, for an hour.',
	reasoningTokens: 'The part of `outputTokens` that was reasoning.',
	webSearches: 'Web searches that are billed.',
	extraUsage:
		'Billed calls inside the answer that the figures above leave out.',
	serviceTier: 'The tier it was served in.',
	speed: 'The speed it was served at, where the endpoint says.',
	inferenceGeo: 'Where it was computed, where the endpoint says.',
	costNanodollars:
		'What it cost, in billionths of a dollar; a lower bound where `usageStatus` is `partial`. See [prices](prices.md).',
	countedNanodollars:
		'What caps count: the same; where a part of it has no price, the rest; where the proof is missing under a cap, as much as it may have cost.',
	countedTokens:
		'What caps on tokens count, where that is not the sum of its tokens.',
	priceSource:
		'Who told the price: `endpoint` (the cost itself), `user`, `models`, `catalogue`; `unpriced`: there is usage, and nobody did.',
	unpricedModel:
		'Where it is `unpriced`: the model that lacks a price, under the name to price it by.',
	unpricedFor: `What it lacks: ${codes(priceGaps)}, that is any price, one of web searches, or one of fast mode.`,
	billing:
		'How the endpoint is paid: `api`, or by a `plan`, whose dollars are no bill.',
	rebuiltTokens:
		'Tokens written to a cache although an earlier prompt of the same session, agent, endpoint and model had them there: an estimate by sizes.',
	rebuiltNanodollars: 'What that cost above reading them.',
	retriedNanodollars:
		'What the failed request had cost that this one repeats; not of one that the client left.',
	key: 'The local key it came with; `default` for those that came without.',
	session:
		'The session of the client: from a header, else from `metadata.user_id` or `prompt_cache_key`.',
	agentId: 'Which of its agents asked, from its header.',
	client: 'The program of the client and its version: `claude-cli/2.1.330`.',
	owner: 'The passthrough that wrote it: `instance` in `passthroughs`.',
	bodyHash:
		'Two equal ones are the same request sent again; of a large body its length, checksum and both ends are compared. Keyed with a secret of this home, so it tells nothing else.',
	retryOf: '`id` of the failed exchange that this one repeats.',
	waitedMs:
		'From the end of that one to the start of this; empty where the client had left that one.',
	side: 'A request beside the conversation, such as for its title.',
	requestId: 'The id the endpoint gave the request.',
	messageId: 'The id it gave the answer.',
	rateLimits: 'What its headers say of limits.',
	anomalies: 'What was odd about the answer, a list of names.',
	possiblyBilled:
		'The connection broke after the whole request was sent: the endpoint may charge for it.',
	requestBytes: 'Size of the body as it came.',
	responseBytes: "Size of the answer's body.",
};

const ofAttempt: Readonly<Record<keyof AttemptFields, string>> = {
	exchange: '`id` of the exchange.',
	number: 'Which try it was, from 1.',
	startedAt: 'It was sent.',
	firstByteAt: "The answer's headers came in.",
	endedAt: 'It ended.',
	outcome: 'As of an exchange.',
	endpoint: 'Where it was sent.',
	sentModel: 'The model the endpoint was asked for.',
	httpStatus: 'What the endpoint answered; empty where it did not.',
	errorClass: 'As of an exchange.',
	errorType: "In the endpoint's words, or the code of the system.",
	errorMessage: 'Cleaned, 200 characters at most.',
	requestId: 'The id the endpoint gave it.',
	retryAfterMs: 'How long the endpoint asked to wait.',
	possiblyBilled: 'As of an exchange.',
	owner: 'The passthrough that wrote it.',
};

const ofLive: Readonly<Record<keyof Omit<Live, 'id'>, string>> = {
	owner: 'The passthrough that serves it.',
	state: 'As of an exchange, now.',
	holdReason: 'Why it is kept waiting now.',
	heldSince: 'Since when it is kept waiting.',
	heldUntil: 'When it goes on by itself, where that is known.',
	silentUntil:
		'When its silence budget is used up: the client may give up soon after.',
	firstByteAt: "The answer's headers came in.",
	firstTokenAt: 'The first text, thinking or tool call came in.',
	lastByteAt: 'The last byte came in.',
	responseBytes: 'Bytes of the answer so far.',
	inputTokens: 'As of an exchange, as far as it is known.',
	cacheReadTokens: 'The same.',
	cacheWrite5mTokens: 'The same.',
	cacheWrite1hTokens: 'The same.',
	estimatedOutputTokens: 'Reckoned from the text so far; not what is billed.',
	attempts: 'Tries so far.',
	servedModel: 'The model the endpoint says it uses.',
};

const tableOf = (
	fields: Readonly<Record<string, Field>>,
	meanings: Readonly<Record<string, string>>,
): string =>
	markdownTable(
		['column', 'holds', 'meaning'],
		Object.entries(fields).map(([name, {unit}]) => [
			code(name),
			kept[unit],
			meanings[name]!,
		]),
	);

/**
The columns of `exchanges`.
*/
export const exchangesTable = (): string => tableOf(exchangeFields, ofExchange);

/**
The columns of `attempts`.
*/
export const attemptsTable = (): string => tableOf(attemptFields, ofAttempt);

/**
The columns of `live`.
*/
export const liveTable = (): string => tableOf(liveFields, ofLive);

const measureUnit = (name: string): string => {
	const [, unit] =
		Object.entries({
			Nanodollars: kept.money,
			Tokens: kept.tokens,
			Ms: kept.duration,
		}).find(([end]) => name.endsWith(end)) ?? [];
	return unit ?? kept.count;
};

/**
The columns of the tables of sums.
*/
export const sumsTable = (): string =>
	markdownTable(
		['column', 'holds', 'sum of'],
		Object.entries(measures).map(([name, meaning]) => [
			code(name),
			measureUnit(name),
			`${meaning[0]!.toUpperCase()}${meaning.slice(1)}.`,
		]),
	);
