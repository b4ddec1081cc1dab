import {Agent} from 'node:http';
import {ask, type Answered, type Errand, type Line} from './ask.js';
import {codingSessions} from './coding-session.js';
import {createCounter, type Count} from './count.js';
import {pause} from './play.js';
import {mixSeeds, seededRandom} from './random.js';

export type AgentOptions = Readonly<{
	/**
	The root, without `/v1`.
	*/
	baseUrl: string;
	/**
	The same seed asks the same things, to the byte.
	*/
	seed?: number;
	/**
	Requests for an answer in all, retries included; without a number, until `signal` aborts.
	*/
	requests?: number;
	/**
	Sessions side by side.
	*/
	concurrency?: number;
	/**
	1, the default, is human speed; 0 waits for nothing and sends small bodies.
	*/
	pace?: number;
	/**
	Goes out as a Bearer token.
	*/
	apiKey?: string;
	/**
	Hangs up on all that runs, and ends.
	*/
	signal?: AbortSignal;
	onAnswer?: (answered: Answered) => void;
}>;

/**
What the agent saw, in the endpoint's own terms, so that the two can be held side by side.
*/
export type AgentReport = Count &
	Readonly<{
		retries: number;
		/**
		Requests that are not for an answer.
		*/
		others: number;
	}>;

type Work = Readonly<{
	line: Line;
	pace: number;
	counter: ReturnType<typeof createCounter>;
	onAnswer: ((answered: Answered) => void) | undefined;
	tally: {retries: number; others: number};
}>;

/**
Plays coding sessions against an endpoint: growing conversations, subagents, titles, retries, and
now and then somebody who leaves. Resolves with what it saw; an endpoint that fails is no error.
*/
export async function runSimulatedAgent(
	options: AgentOptions,
): Promise<AgentReport> {
	const {baseUrl, requests = Infinity, signal} = options;
	const {concurrency = 4, seed = 1, pace = 1, apiKey = 'simulated'} = options;
	const connections = new Agent({keepAlive: true});
	const work: Work = {
		line: {baseUrl, connections, signal},
		pace,
		counter: createCounter(),
		onAnswer: options.onAnswer,
		tally: {retries: 0, others: 0},
	};
	const developers = Array.from({length: concurrency}, async (_, index) => {
		const random = seededRandom(mixSeeds(seed, index));
		const share = Math.ceil((requests - index) / concurrency);
		await develop(codingSessions({random, apiKey, pace}), share, work);
	});
	try {
		await Promise.all(developers);
	} finally {
		connections.destroy();
	}

	return {...work.counter.read(), ...work.tally};
}

/* eslint-disable no-await-in-loop -- A developer does one thing after the other. */

async function develop(
	errands: Iterable<Errand>,
	requests: number,
	work: Work,
): Promise<void> {
	let left = requests;
	for (const errand of errands) {
		if (left <= 0 || !(await rest(errand.pauseMs, work))) {
			return;
		}

		left -= await carryOut(errand, left, work);
	}
}

/**
Asks, and asks again while that may help. Resolves with the number of requests it took.
*/
async function carryOut(
	errand: Errand,
	left: number,
	work: Work,
): Promise<number> {
	if (errand.format === undefined) {
		work.tally.others += 1;
		await ask(errand, work.line);
		return 0;
	}

	for (let tries = 1; ; tries += 1) {
		const answered = await ask(errand, work.line);
		work.counter.add(answered);
		work.onAnswer?.(answered);
		const waitMs = answered.retryAfterMs ?? 500 * 2 ** tries;
		if (
			tries === 4 ||
			tries >= left ||
			!mayHelp(answered) ||
			!(await rest(waitMs, work))
		) {
			return tries;
		}

		work.tally.retries += 1;
	}
}

/* eslint-enable no-await-in-loop */

function mayHelp({ending, status = 0}: Answered): boolean {
	return (
		ending === 'cut' ||
		ending === 'failed' ||
		ending === 'reset' ||
		(ending === 'refused' && (status === 429 || status >= 500))
	);
}

/**
Waits, at this pace. False when it is time to stop.
*/
async function rest(ms: number, {pace, line}: Work): Promise<boolean> {
	const {signal = new AbortController().signal} = line;
	try {
		await pause(ms * pace, signal);
		return true;
	} catch {
		// Only the signal ends a pause early.
		return false;
	}
}
