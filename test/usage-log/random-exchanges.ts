import fc from 'fast-check';
import type {Exchange} from '../../source/exchange/exchange.js';
import type {ExchangeFacts} from '../../source/usage-log/recording.js';

const quarterMs = 900_000;
/**
Two hours before and after midnight UTC, a day that begins on a new row of the widest sums.
*/
const midnight = 3072 * 570 * quarterMs;

const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) =>
	fc.option(arbitrary, {nil: null});
const few = (...names: readonly string[]) => maybe(fc.constantFrom(...names));
const amount = maybe(fc.nat(5_000_000_000));

export const beginnings: fc.Arbitrary<ExchangeFacts> = fc.record({
	startedAt: fc
		.integer({min: -8, max: 8})
		.chain((quarter) =>
			fc.nat(quarterMs - 1).map((ms) => midnight + quarter * quarterMs + ms),
		),
	format: fc.constantFrom('anthropic-messages', 'openai-chat', null),
	path: fc.constantFrom('/v1/messages', '/v1/messages/count_tokens', null),
	askedModel: few('asked', 'm1'),
	sentModel: few('m1', "it's"),
	alias: few('coding'),
	endpoint: few('main', 'other'),
	key: few('default', 'ci'),
	session: few('s1', 's2', 's3'),
	attempts: fc.constantFrom(0, 1),
});

export const ends: fc.Arbitrary<ExchangeFacts> = fc.record({
	outcome: fc.constantFrom('ok', 'error', 'truncated', 'aborted', 'refused'),
	servedModel: few('m1', 'm2'),
	httpStatus: maybe(fc.constantFrom(200, 429, 500)),
	reason: few('cap'),
	heldMs: maybe(fc.nat(1000)),
	waitedMs: maybe(fc.nat(1000)),
	stopReason: few('refusal', 'end_turn'),
	usageStatus: maybe(fc.constantFrom('exact', 'partial', 'missing', 'none')),
	inputTokens: amount,
	outputTokens: amount,
	cacheReadTokens: amount,
	cacheWrite5mTokens: amount,
	cacheWrite1hTokens: amount,
	reasoningTokens: amount,
	webSearches: amount,
	extraUsage: maybe(
		fc.array(
			fc.record({
				kind: fc.constantFrom('compaction', 'advisor'),
				model: fc.constant(undefined),
				input: fc.nat(1000),
				output: fc.nat(1000),
				cacheRead: fc.nat(1000),
				cacheWrite5m: fc.nat(1000),
				cacheWrite1h: fc.nat(1000),
				reasoning: fc.option(fc.nat(1000), {nil: undefined}),
				webSearch: fc.nat(10),
			}),
			{maxLength: 2},
		),
	),
	costNanodollars: amount,
	countedNanodollars: amount,
	priceSource: maybe(fc.constantFrom('catalogue', 'unpriced')),
	billing: maybe(fc.constantFrom('api', 'plan')),
	rebuiltTokens: amount,
	rebuiltNanodollars: amount,
	retriedNanodollars: amount,
});

type Tried = Readonly<{exchange: number | null; httpStatus: number | null}>;

/**
What an exchange that has ended adds to the sums, said a second time and not in SQL.
*/
export function addsOf(
	row: Exchange,
	tried: readonly Tried[],
): Readonly<Record<string, number>> {
	const extra = row.extraUsage ?? [];
	const cost = row.costNanodollars ?? 0;
	const billed = (own: number | null, of: (one: (typeof extra)[0]) => number) =>
		extra.reduce((sum, one) => sum + of(one), own ?? 0);
	const earlier =
		(row.attempts ?? 0) > 1 || row.attemptStartedAt === null ? tried : [];
	return {
		requests: 1,
		errors: Number(row.outcome === 'error'),
		truncated: Number(row.outcome === 'truncated'),
		aborted: Number(row.outcome === 'aborted'),
		refused: Number(row.outcome === 'refused'),
		lost: Number(row.outcome === 'lost'),
		attempts: row.attempts ?? 0,
		limited:
			Number(row.httpStatus === 429 && row.reason === null) +
			earlier.filter(
				({exchange, httpStatus}) => exchange === row.id && httpStatus === 429,
			).length,
		waitedMs: (row.heldMs ?? 0) + (row.waitedMs ?? 0),
		inputTokens: billed(row.inputTokens, ({input}) => input),
		outputTokens: billed(row.outputTokens, ({output}) => output),
		cacheReadTokens: billed(row.cacheReadTokens, ({cacheRead}) => cacheRead),
		cacheWrite5mTokens: billed(
			row.cacheWrite5mTokens,
			({cacheWrite5m}) => cacheWrite5m,
		),
		cacheWrite1hTokens: billed(
			row.cacheWrite1hTokens,
			({cacheWrite1h}) => cacheWrite1h,
		),
		reasoningTokens: billed(
			row.reasoningTokens,
			({reasoning}) => reasoning ?? 0,
		),
		webSearches: billed(row.webSearches, ({webSearch}) => webSearch),
		costNanodollars: cost,
		countedNanodollars: row.countedNanodollars ?? 0,
		planNanodollars: row.billing === 'plan' ? cost : 0,
		unpriced: Number(row.priceSource === 'unpriced'),
		partial: Number(row.usageStatus === 'partial'),
		missing: Number(row.usageStatus === 'missing'),
		retriedNanodollars: row.retriedNanodollars ?? 0,
		abortedNanodollars: row.outcome === 'aborted' ? cost : 0,
		refusedNanodollars: row.stopReason === 'refusal' ? cost : 0,
		rebuiltTokens: row.rebuiltTokens ?? 0,
		rebuiltNanodollars: row.rebuiltNanodollars ?? 0,
	};
}

export const quarterOf = (row: Exchange): number =>
	Math.floor((row.startedAt ?? 0) / quarterMs);

export const keysOf = (row: Exchange) => ({
	quarter: quarterOf(row),
	model: row.servedModel ?? row.sentModel ?? row.askedModel ?? '',
	alias: row.alias ?? '',
	key: row.key ?? '',
	endpoint: row.endpoint ?? '',
	session: row.session ?? '',
});

export const range = {
	from: midnight / quarterMs - 8,
	to: midnight / quarterMs + 9,
};
