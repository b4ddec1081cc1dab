import type {Span} from '../../source/calendar/day.js';
import {
	quarterMs,
	type Dimension,
	type Sums,
} from '../../source/exchange/measures.js';
import type {Gap} from '../../source/pricing/price-exchange.js';
import type {SumReader} from '../../source/summary/sum-reader.js';
import {addSums, noSums, tokensOf} from '../../source/summary/sums.js';

/**
One exchange as far as it is summed.
*/
export type Sample = Sums &
	Readonly<{
		at: number;
		model: string;
		alias: string;
		key: string;
		endpoint: string;
		session: string;
		/**
		Where it is unpriced; undefined where its row is gone.
		*/
		gap?: Gap;
	}>;

export const sample = (
	at: string | number,
	given: Partial<Sample> = {},
): Sample => ({
	...noSums,
	requests: 1,
	attempts: 1,
	at: typeof at === 'number' ? at : Date.parse(at),
	model: 'claude-sonnet-4-6',
	alias: '',
	key: 'default',
	endpoint: 'anthropic',
	session: '',
	...given,
});

/**
Sums over samples, as a log would answer.
*/
export function standInReader(samples: readonly Sample[]): SumReader {
	const within = ({fromMs, toMs}: Span) =>
		samples.filter(({at}) => at >= fromMs && at < toMs);
	const grouped = <Key extends object>(
		rows: readonly Sample[],
		keyOf: (row: Sample) => Key,
	) =>
		[...Map.groupBy(rows, (row) => JSON.stringify(keyOf(row)))].map(
			([key, group]) => ({...addSums(group), ...(JSON.parse(key) as Key)}),
		);
	return {
		sums: (span, by) =>
			grouped(
				within(span),
				(row) =>
					Object.fromEntries(by.map((name) => [name, row[name]])) as Partial<
						Record<Dimension, string>
					>,
			),
		quarters: (span) =>
			grouped(within(span), ({at}) => ({quarter: Math.floor(at / quarterMs)})),
		hours: (span) =>
			grouped(within(span), ({at}) => ({
				quarter: Math.floor(at / quarterMs / 4) * 4,
			})),
		sessions: (span, limit) =>
			grouped(within(span), ({session}) => ({session}))
				.toSorted(
					(a, b) =>
						b.costNanodollars - a.costNanodollars ||
						tokensOf(b) - tokensOf(a) ||
						b.requests - a.requests ||
						(a.session < b.session ? -1 : 1),
				)
				.slice(0, limit),
		*everySession(span) {
			yield* this.sessions(span, samples.length);
		},
		unpriced: (span) =>
			within(span).flatMap(({model, endpoint, unpriced, gap}) =>
				gap === undefined
					? []
					: [
							{
								model,
								endpoint,
								unpricedModel: gap.model,
								unpricedFor: gap.lacks,
								exchanges: unpriced,
							},
						],
			),
	};
}

const dayMs = 86_400_000;

const models = [
	{model: 'claude-sonnet-4-6', endpoint: 'anthropic', weight: 10, dollars: 1},
	{
		model: 'claude-opus-4-6-20260205',
		endpoint: 'anthropic',
		weight: 2,
		dollars: 5,
	},
	{model: 'claude-haiku-4-5', endpoint: 'anthropic', weight: 6, dollars: 0.3},
	{
		model: 'qwen/qwen3.6-coder-480b',
		endpoint: 'gateway',
		weight: 1,
		dollars: 0,
	},
] as const;

/**
Working days of somebody with an agent, the same for each seed.
*/
export function workingDays({
	fromMs,
	days,
	seed = 1,
	perDay = 120,
}: Readonly<{
	fromMs: number;
	days: number;
	seed?: number;
	perDay?: number;
}>): readonly Sample[] {
	const chance = chances(seed);
	const weighted = models.flatMap((one) =>
		Array.from({length: one.weight}, () => one),
	);
	return Array.from({length: days}, (_, day) => day).flatMap((day) => {
		const busy = 0.5 + chance();
		return Array.from({length: Math.round(perDay * busy)}, () => {
			// More in the middle of the working day than at its ends.
			const hour = 8 + 5 * (chance() + chance());
			const at = Math.floor(fromMs + day * dayMs + hour * 3_600_000);
			const {model, endpoint, dollars} =
				weighted[Math.floor(chance() * weighted.length)]!;
			return exchange(at, {model, endpoint, dollars, day, chance});
		});
	});
}

function exchange(
	at: number,
	{
		model,
		endpoint,
		dollars,
		day,
		chance,
	}: Readonly<{
		model: string;
		endpoint: string;
		dollars: number;
		day: number;
		chance: () => number;
	}>,
): Sample {
	const whole = (most: number) => Math.floor(chance() * most);
	const rare = (share: number) => (chance() < share ? 1 : 0);
	const tokens = {
		inputTokens: whole(3000),
		cacheReadTokens: whole(90_000),
		cacheWrite5mTokens: whole(9000),
		outputTokens: whole(2500),
	};
	const cost = Math.round(
		dollars *
			(tokens.inputTokens * 3000 +
				tokens.cacheReadTokens * 300 +
				tokens.cacheWrite5mTokens * 3750 +
				tokens.outputTokens * 15_000),
	);
	const aborted = rare(0.02);
	const limited = rare(0.04);
	const rebuilt = rare(0.01);
	return sample(at, {
		...tokens,
		model,
		endpoint,
		key: chance() < 0.8 ? 'desktop' : 'ci',
		alias:
			dollars === 5 ? 'coding-deep' : dollars === 1 ? 'coding-default' : '',
		session: sessionId(day * 4 + whole(4)),
		costNanodollars: cost,
		countedNanodollars: cost,
		unpriced: dollars === 0 ? 1 : 0,
		aborted,
		partial: aborted,
		abortedNanodollars: aborted * cost,
		attempts: 1 + limited,
		limited,
		waitedMs: limited * whole(20_000),
		errors: rare(0.01),
		rebuiltTokens: rebuilt * 60_000,
		rebuiltNanodollars: rebuilt * 207_000_000,
		retriedNanodollars: rare(0.01) * cost,
	});
}

const sessionId = (number: number): string => {
	const hex = ((number * 2_654_435_761) % 2 ** 32)
		.toString(16)
		.padStart(8, '0');
	return `${hex}-4b1d-4c9e-8f00-${hex}0000`;
};

/**
Numbers from 0 to 1, the same for each seed (Park and Miller's minimal standard).
*/
function chances(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state * 48_271) % 2_147_483_647;
		return state / 2_147_483_647;
	};
}
