/**
What is summed of exchanges, said once: the roll-ups of the log, the summary and the checks come from
this list. Every figure is a sum over exchanges that have ended, so sums of sums are right too. Tokens
are tokens, money is integer nano-dollars, durations are milliseconds, the rest counts.
*/
export const measures = {
	requests:
		'exchanges that ended, whichever way; not those passed on unmeasured, nor counts of tokens',
	errors: 'of them, those with an error for an answer',
	truncated: 'those whose answer broke off',
	aborted: 'those whose agent left first',
	refused: 'those that we turned down ourselves',
	lost: 'those whose passthrough died',
	attempts: 'tries at endpoints',
	limited: 'tries that were answered 429',
	waitedMs:
		'time held by us, and between a failure and the try that repeated it',
	inputTokens: 'uncached input',
	outputTokens: 'output, reasoning included',
	cacheReadTokens: 'input read from a cache',
	cacheWrite5mTokens: 'input written to a cache for five minutes',
	cacheWrite1hTokens: 'input written to a cache for an hour',
	reasoningTokens:
		'the part of the output that was reasoning, where it was told',
	webSearches: 'billed web searches',
	costNanodollars: 'the proven cost',
	countedNanodollars: 'what a cap counts',
	planNanodollars:
		'the part of the proven cost that a plan covers: list price, no bill',
	unpriced: 'exchanges with usage whose price is not known',
	partial: 'exchanges whose usage is a lower bound',
	missing: 'exchanges whose usage was not sent',
	retriedNanodollars: 'cost of failed tries of the agent that it then repeated',
	abortedNanodollars: 'cost of answers that the agent left',
	refusedNanodollars: 'cost of answers in which the model refused',
	rebuiltTokens: 'input written to a cache again that was in it before',
	rebuiltNanodollars: 'what that cost above reading it',
} as const;

export type Measure = keyof typeof measures;
export const measureNames = Object.keys(measures) as readonly Measure[];
export type Sums = Readonly<Record<Measure, number>>;

/**
What sums are kept apart by. Where a fact is not known it is the empty text.
*/
export const dimensions = ['model', 'alias', 'key', 'endpoint'] as const;
export type Dimension = (typeof dimensions)[number];

/**
A quarter of an hour, by number since 1970 in UTC: every zone's days and hours are made of whole ones.
*/
export const quarterMs = 15 * 60 * 1000;
