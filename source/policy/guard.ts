import {showMoney, showWhole} from '../exchange/show.js';
import type {Outcome} from '../exchange/exchange.js';
import {LastMinute} from './last-minute.js';
import {Recent} from './recent.js';

/**
When the guard trips; a limit of 0 switches its rule off.
*/
export type GuardLimits = Readonly<{
	enabled: boolean;
	/**
	Times the usual dollars a minute of a key.
	*/
	dollarsPerMinuteFactor: number;
	/**
	Times that the same body is asked for within ten minutes; more than 1000 are not counted.
	*/
	sameBody: number;
	/**
	Failures of a key, one after the other.
	*/
	errorsInRow: number;
}>;

/**
A request that came in.
*/
export type GuardedRequest = Readonly<{
	key: string;
	session: string | null;
	/**
	A request beside the conversation, such as for its title.
	*/
	isSide: boolean;
	bodyHash: string;
	/**
	Epoch milliseconds.
	*/
	at: number;
}>;

/**
A request that came to its end.
*/
export type GuardedEnd = Readonly<{
	key: string;
	model: string | null;
	outcome: Outcome;
	/**
	Of its answer; null where none came.
	*/
	httpStatus: number | null;
	/**
	What it counts for; 0 where that is not known.
	*/
	nanodollars: number;
	/**
	Epoch milliseconds.
	*/
	at: number;
	/**
	What is usual for its key, in nano-dollars a minute; undefined where too little is known.
	*/
	usualPerMinute: number | undefined;
}>;

/**
What looks like a runaway agent, and a sentence with its figures.
*/
export type Tripped = Readonly<{
	what: 'rate' | 'same_body' | 'errors';
	says: string;
}>;

const mostKeys = 200;
const mostBodies = 1000;
const mostTimes = 1000;
const sameBodyMs = 10 * 60 * 1000;

/**
Nobody is stopped for less in a minute, however little is usual.
*/
const leastPerMinute = 500_000_000;

/**
Watches for an agent that runs away. What tripped a rule is forgotten by it, so that nothing trips again
for what was told already.
*/
export class Guard {
	#spent = new Recent<LastMinute>(mostKeys);
	#failures = new Recent<number>(mostKeys);
	#asked = new Recent<readonly number[]>(mostBodies);

	/**
	Begins anew, as after somebody has resumed.
	*/
	reset(): void {
		this.#spent = new Recent(mostKeys);
		this.#failures = new Recent(mostKeys);
		this.#asked = new Recent(mostBodies);
	}

	/**
	Notes a request, before it is sent and whatever comes of it. Without a session nobody can tell an agent
	that goes in circles from a script that asks the same on purpose.
	*/
	asked(
		request: GuardedRequest,
		{enabled, sameBody}: GuardLimits,
	): Tripped | undefined {
		const {key, session, isSide, bodyHash, at} = request;
		if (!enabled || sameBody === 0 || isSide || session === null) {
			return undefined;
		}

		const body = `${session}\n${bodyHash}`;
		const times = [...(this.#asked.get(body) ?? []), at]
			.filter((time) => Math.abs(at - time) < sameBodyMs)
			.slice(-mostTimes);
		if (times.length < Math.min(sameBody, mostTimes)) {
			this.#asked.set(body, times);
			return undefined;
		}

		this.#asked.delete(body);
		return {
			what: 'same_body',
			says: `${key} asked for the same ${times.length} times within ${inWords(at - times[0]!)}`,
		};
	}

	/**
	Notes an end.
	*/
	ended(end: GuardedEnd, limits: GuardLimits): Tripped | undefined {
		if (!limits.enabled) {
			return undefined;
		}

		// Both take note, whichever trips.
		const rate = this.#rateOf(end, limits);
		return this.#failuresOf(end, limits) ?? rate;
	}

	#rateOf(
		{key, model, nanodollars, at, usualPerMinute}: GuardedEnd,
		{dollarsPerMinuteFactor: factor}: GuardLimits,
	): Tripped | undefined {
		if (factor === 0) {
			return undefined;
		}

		const minute = this.#spent.get(key) ?? new LastMinute();
		this.#spent.set(key, minute);
		minute.note({at, model, nanodollars});
		const spent = minute.sum();
		if (
			usualPerMinute === undefined ||
			usualPerMinute <= 0 ||
			spent <= Math.max(factor * usualPerMinute, leastPerMinute)
		) {
			return undefined;
		}

		this.#spent.delete(key);
		return {
			what: 'rate',
			says: `${spenderOf(minute, key)} spent ${showMoney(spent)} in the last minute, ${timesUsual(spent / usualPerMinute)} what is usual for ${key}`,
		};
	}

	/**
	What an agent left counts neither way, nor what was never answered by an endpoint.
	*/
	#failuresOf(
		{key, outcome, httpStatus}: GuardedEnd,
		{errorsInRow}: GuardLimits,
	): Tripped | undefined {
		if (outcome === 'ok') {
			this.#failures.delete(key);
			return undefined;
		}

		if (errorsInRow === 0 || (outcome !== 'error' && outcome !== 'truncated')) {
			return undefined;
		}

		const failures = (this.#failures.get(key) ?? 0) + 1;
		if (failures < errorsInRow) {
			this.#failures.set(key, failures);
			return undefined;
		}

		this.#failures.delete(key);
		return {
			what: 'errors',
			says: `${failures} requests of ${key} failed in a row, the last ${howFailed(outcome, httpStatus)}`,
		};
	}
}

const howFailed = (outcome: Outcome, httpStatus: number | null): string =>
	outcome === 'truncated'
		? 'because its answer broke off'
		: httpStatus === null
			? 'without an answer'
			: `with status ${httpStatus}`;

/**
The model, as it is known to whoever chose it; the key where no model was told.
*/
function spenderOf(minute: LastMinute, key: string): string {
	const {model, isOnly} = minute.dearest();
	return isOnly ? (model ?? key) : `${model ?? 'a model'} and others`;
}

const timesUsual = (times: number): string =>
	times < 9.95
		? `${times.toFixed(1).replace(/\.0$/, '')} times`
		: `${showWhole(Math.round(times))} times`;

const inWords = (ms: number): string => {
	const minutes = Math.max(1, Math.round(ms / 60_000));
	return minutes === 1 ? 'a minute' : `${minutes} minutes`;
};
