import type {Usage} from '../exchange/usage.js';

export type TokenCount = Readonly<
	Pick<
		Usage,
		'input' | 'output' | 'cacheRead' | 'cacheWrite5m' | 'cacheWrite1h'
	>
>;

export const endings = [
	'complete',
	'refused',
	'failed',
	'cut',
	'reset',
	'aborted',
] as const;
/**
How one request ended. `refused`: an HTTP error. `failed`: an error inside a 200 stream. `cut`: the
connection ended mid-answer. `reset`: it ended before one. `aborted`: the client left first.
*/
export type Ending = (typeof endings)[number];

/**
One request as it is counted.
*/
export type Counted = Readonly<{
	model: string;
	ending: Ending;
	/**
	Undefined where no status was sent or seen.
	*/
	status: number | undefined;
	/**
	What the answer had said it used, as far as it got.
	*/
	told: TokenCount | undefined;
	/**
	Used, and never said: a stream without usage.
	*/
	untold?: TokenCount;
}>;

export type ModelCount = Readonly<
	Record<Ending, number> & {
		requests: number;
		/**
		Requests by HTTP status.
		*/
		statuses: Readonly<Record<number, number>>;
		/**
		Of complete answers, as they said.
		*/
		tokens: TokenCount;
		/**
		Of complete answers that did not say.
		*/
		untold: TokenCount;
		/**
		Of failed, cut and aborted ones: what they had said until then.
		*/
		broken: TokenCount;
	}
>;
export type Count = Readonly<{
	total: ModelCount;
	models: Readonly<Record<string, ModelCount>>;
}>;

type Mutable<Type> = {-readonly [Key in keyof Type]: Type[Key]};

export const noTokens: TokenCount = {
	input: 0,
	output: 0,
	cacheRead: 0,
	cacheWrite5m: 0,
	cacheWrite1h: 0,
};

export function addTokens(one: TokenCount, other: TokenCount): TokenCount {
	return {
		input: one.input + other.input,
		output: one.output + other.output,
		cacheRead: one.cacheRead + other.cacheRead,
		cacheWrite5m: one.cacheWrite5m + other.cacheWrite5m,
		cacheWrite1h: one.cacheWrite1h + other.cacheWrite1h,
	};
}

/**
Sums of requests and tokens, per model and over all. What `read` gave does not change later.
*/
export function createCounter(): {
	add(counted: Counted): void;
	read(): Count;
} {
	const total = emptyCount();
	const models = new Map<string, Mutable<ModelCount>>();

	return {
		add(counted) {
			const own = models.get(counted.model) ?? emptyCount();
			models.set(counted.model, own);
			addTo(own, counted);
			addTo(total, counted);
		},
		read: () => structuredClone({total, models: Object.fromEntries(models)}),
	};
}

function emptyCount(): Mutable<ModelCount> {
	return {
		requests: 0,
		complete: 0,
		refused: 0,
		failed: 0,
		cut: 0,
		reset: 0,
		aborted: 0,
		statuses: {},
		tokens: noTokens,
		untold: noTokens,
		broken: noTokens,
	};
}

function addTo(sum: Mutable<ModelCount>, counted: Counted): void {
	const {ending, status, told = noTokens, untold = noTokens} = counted;
	sum.requests += 1;
	sum[ending] += 1;
	sum.untold = addTokens(sum.untold, untold);
	if (status !== undefined) {
		sum.statuses = {
			...sum.statuses,
			[status]: (sum.statuses[status] ?? 0) + 1,
		};
	}

	const kind = ending === 'complete' ? 'tokens' : 'broken';
	sum[kind] = addTokens(sum[kind], told);
}
