import type {Headers} from './answer-headers.js';
import type {Random} from './random.js';

export const codings = ['gzip', 'br', 'zstd'] as const;
export type Coding = (typeof codings)[number];

/**
How often things go wrong: shares of the measured requests, from 0 to 1.
*/
export type FaultPlan = Readonly<{
	/**
	429 with retry-after.
	*/
	limited?: number;
	/**
	529.
	*/
	overloaded?: number;
	/**
	500.
	*/
	failed?: number;
	/**
	502 with a page of HTML, as a proxy on the way sends it.
	*/
	badGateway?: number;
	/**
	Silence in the middle of an answer.
	*/
	stalled?: number;
	/**
	The connection ends in the middle of an answer.
	*/
	cut?: number;
	/**
	An error in the middle of an answer that began with 200.
	*/
	broken?: number;
	/**
	The connection is reset before the answer.
	*/
	reset?: number;
	/**
	Compresses answers to clients that accept it.
	*/
	compress?: Coding;
}>;

/**
A day like others: what a busy developer meets at a busy endpoint.
*/
export const everydayFaults: FaultPlan = {
	limited: 0.03,
	overloaded: 0.01,
	failed: 0.005,
	stalled: 0.005,
	cut: 0.003,
	broken: 0.002,
};

/**
What goes wrong with one request. Times in milliseconds.
*/
export type Fault =
	| Readonly<{
			kind: 'refused';
			status: number;
			retryAfter?: string;
			retryAfterMs?: string;
			shouldRetry?: string;
			quota?: boolean;
			/**
			Others beside those, and in their place.
			*/
			headers?: Headers;
			message?: string;
			/**
			In place of an error in the API's shape.
			*/
			body?: string;
	  }>
	| Readonly<{kind: 'page'; status?: number}>
	/**
	`reset`: the connection, once the request has been read. `silent`: nothing ever comes. `unstreamed`: a
	whole JSON answer where a stream was asked for.
	*/
	| Readonly<{kind: 'reset' | 'silent' | 'unstreamed'}>
	| Readonly<{kind: 'slow'; ms: number}>
	| Interruption;

/**
Something that happens inside the answer, after so many events; if not said, somewhere.
*/
export type Interruption = Readonly<{
	kind: 'stalled' | 'cut' | 'broken';
	after?: number;
	/**
	How long it is silent; `undefined`: until the client leaves.
	*/
	ms?: number;
}>;

/**
Draws what happens to a request; `pace` shortens the waits. Always draws one number first.
*/
export function drawFault(
	plan: FaultPlan,
	random: Random,
	pace: number,
): Fault | undefined {
	let chance = random.next();
	const hits = (share = 0) => {
		chance -= share;
		return chance < 0;
	};

	if (hits(plan.limited)) {
		const retryAfter = String(random.between(1, 8));
		return {kind: 'refused', status: 429, retryAfter};
	}

	if (hits(plan.overloaded)) {
		return {kind: 'refused', status: 529};
	}

	if (hits(plan.failed)) {
		return {kind: 'refused', status: 500};
	}

	if (hits(plan.badGateway)) {
		return {kind: 'page'};
	}

	if (hits(plan.stalled)) {
		return {kind: 'stalled', ms: random.between(8000, 25_000) * pace};
	}

	if (hits(plan.cut)) {
		return {kind: 'cut'};
	}

	if (hits(plan.broken)) {
		return {kind: 'broken'};
	}

	return hits(plan.reset) ? {kind: 'reset'} : undefined;
}
