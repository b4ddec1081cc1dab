import {
	count,
	duration,
	facts,
	flag,
	instant,
	money,
	name,
	oneOf,
	tokens,
	type RowOf,
} from './field.js';
import {
	errorClasses,
	usageStatuses,
	wireFormatNames,
	type ExtraUsage,
	type RateLimits,
} from './usage.js';

export const outcomes = [
	'open',
	'ok',
	'error',
	'truncated',
	'aborted',
	'refused',
	'lost',
] as const;
export type Outcome = (typeof outcomes)[number];

export const openStates = ['held', 'queued', 'waiting', 'streaming'] as const;
export type OpenState = (typeof openStates)[number];

export const holdReasons = [
	'paused',
	'cap',
	'reserved',
	'queue',
	'backoff',
	'strikes',
	'guard',
] as const;
export type HoldReason = (typeof holdReasons)[number];

export const priceSources = [
	'endpoint',
	'user',
	'models',
	'catalogue',
	'unpriced',
] as const;

/**
What an exchange lacked for a price: that of its model, of its web searches, or of fast mode.
*/
export const priceGaps = ['model', 'web_search', 'fast'] as const;
export type PriceGap = (typeof priceGaps)[number];

/**
How an endpoint is paid: by use, or by a plan that covers it.
*/
export const billings = ['api', 'plan'] as const;

/**
All that is remembered of one exchange, said once: the SQL table, the row type, the JSON export and
the monitor's columns come from this catalogue. A column added here is added to older files when
they are opened.
*/
export const exchangeFields = {
	startedAt: instant('time'),
	/**
	When it was let through, where it was held before: it counts for the cap of that day. Else it is not said.
	*/
	admittedAt: instant('admitted'),
	firstByteAt: instant('first byte'),
	firstTokenAt: instant('first token'),
	endedAt: instant('ended'),
	outcome: oneOf(outcomes, 'outcome'),
	state: oneOf(openStates, 'state'),
	heldMs: duration('held'),
	holdReason: oneOf(holdReasons, 'held for'),
	format: oneOf(wireFormatNames, 'format'),
	path: name('path'),
	hint: name('hint'),
	stream: flag('stream'),
	askedModel: name('asked for'),
	alias: name('alias'),
	endpoint: name('endpoint'),
	sentModel: name('sent as'),
	servedModel: name('model'),
	fallbacks: count('fallbacks'),
	attempts: count('attempts'),
	attemptStartedAt: instant('last try'),
	/**
	The try whose answer the agent got, where that was not the last.
	*/
	shownAttempt: count('shown try'),
	httpStatus: count('status'),
	reason: name('reason'),
	retryAfterMs: duration('retry after'),
	errorClass: oneOf(errorClasses, 'error'),
	errorType: name('error type'),
	errorMessage: name('message'),
	stopReason: name('stop reason'),
	usageStatus: oneOf(usageStatuses, 'usage'),
	inputTokens: tokens('in'),
	outputTokens: tokens('out'),
	cacheReadTokens: tokens('cached'),
	cacheWrite5mTokens: tokens('written 5m'),
	cacheWrite1hTokens: tokens('written 1h'),
	reasoningTokens: tokens('reasoning'),
	webSearches: count('searches'),
	extraUsage: facts<readonly ExtraUsage[]>('extra usage'),
	serviceTier: name('tier'),
	speed: name('speed'),
	inferenceGeo: name('geo'),
	costNanodollars: money('cost'),
	countedNanodollars: money('counted'),
	/**
	What a cap on tokens counts, where that is not the sum of its tokens.
	*/
	countedTokens: tokens('counted tokens'),
	priceSource: oneOf(priceSources, 'priced by'),
	unpricedModel: name('unpriced model'),
	unpricedFor: oneOf(priceGaps, 'unpriced for'),
	billing: oneOf(billings, 'billing'),
	rebuiltTokens: tokens('rebuilt'),
	rebuiltNanodollars: money('rebuilt cost'),
	retriedNanodollars: money('retried cost'),
	key: name('key'),
	session: name('session'),
	agentId: name('agent'),
	client: name('client'),
	owner: name('owner'),
	bodyHash: name('body'),
	retryOf: count('repeats'),
	waitedMs: duration('waited'),
	side: flag('side request'),
	requestId: name('request id'),
	messageId: name('message id'),
	rateLimits: facts<RateLimits>('limits'),
	anomalies: facts<readonly string[]>('oddities'),
	possiblyBilled: flag('possibly billed'),
	requestBytes: count('bytes sent'),
	responseBytes: count('bytes received'),
} as const;

export type ExchangeFields = RowOf<typeof exchangeFields>;
/**
One exchange as it stands in the log. `id` and `revision` are given by the log.
*/
export type Exchange = ExchangeFields &
	Readonly<{id: number; revision: number}>;

/**
One try at one target. Counts in the 429 rate, also when a later attempt hid it from the agent. The
last attempt of an exchange is told by the exchange's own row, those before it have rows of their own.
*/
export const attemptFields = {
	exchange: count('exchange'),
	number: count('try'),
	startedAt: instant('time'),
	firstByteAt: instant('first byte'),
	endedAt: instant('ended'),
	outcome: oneOf(outcomes, 'outcome'),
	endpoint: name('endpoint'),
	sentModel: name('sent as'),
	httpStatus: count('status'),
	errorClass: oneOf(errorClasses, 'error'),
	errorType: name('error type'),
	errorMessage: name('message'),
	requestId: name('request id'),
	retryAfterMs: duration('retry after'),
	possiblyBilled: flag('possibly billed'),
	owner: name('owner'),
} as const;

export type AttemptFields = RowOf<typeof attemptFields>;
export type Attempt = AttemptFields & Readonly<{id: number; revision: number}>;

/**
The progress of an exchange that is still open: kept outside `revision`, exports and totals, and
gone when it ends.
*/
export const liveFields = {
	owner: name('owner'),
	state: oneOf(openStates, 'state'),
	holdReason: oneOf(holdReasons, 'held for'),
	heldSince: instant('held since'),
	/**
	When it goes on by itself, where that is known.
	*/
	heldUntil: instant('held until'),
	/**
	When its silence budget is used up: the client may give up soon after.
	*/
	silentUntil: instant('silent until'),
	firstByteAt: instant('first byte'),
	firstTokenAt: instant('first token'),
	lastByteAt: instant('last byte'),
	responseBytes: count('bytes received'),
	inputTokens: tokens('in'),
	cacheReadTokens: tokens('cached'),
	cacheWrite5mTokens: tokens('written 5m'),
	cacheWrite1hTokens: tokens('written 1h'),
	/**
	Reckoned from the text so far; shown with a tilde.
	*/
	estimatedOutputTokens: tokens('out'),
	attempts: count('attempts'),
	servedModel: name('model'),
} as const;

/**
`id` is the exchange's.
*/
export type Live = RowOf<typeof liveFields> & Readonly<{id: number}>;
