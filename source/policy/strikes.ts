import {Recent} from './recent.js';

/**
One body of one session. Who sends the same again repeats it, whoever it is.
*/
export type StruckBody = Readonly<{session: string | null; bodyHash: string}>;

type Struck = Readonly<{
	strikes: number;
	/**
	Epoch milliseconds: the first failed attempt of the streak.
	*/
	since: number;
	/**
	Targets that it is not begun at, and until when (epoch milliseconds).
	*/
	skipped: readonly string[];
	skippedUntil: number;
}>;

const windowMs = 10 * 60 * 1000;
const mostKept = 1000;
const strikesToAct = 3;

const none: Struck = {strikes: 0, since: 0, skipped: [], skippedUntil: 0};

/**
Failed attempts of each body within ten minutes of the first, our own retries and the client's together.
*/
export class Strikes {
	#bodies = new Recent<Struck>(mostKept);

	/**
	Epoch milliseconds: from then on nothing of what is remembered matters.
	*/
	#until = 0;

	/**
	Nothing is remembered: nobody has to know the hash of a body.
	*/
	get isEmpty(): boolean {
		return this.#bodies.size === 0;
	}

	/**
	Notes a failed attempt; the strikes now.
	*/
	note(body: StruckBody, nowMs: number): number {
		const struck = this.#of(body, nowMs);
		const strikes = struck.strikes + 1;
		this.#set(body, {
			...struck,
			strikes,
			since: strikes === 1 ? nowMs : struck.since,
		});
		return strikes;
	}

	/**
	After a success. Where its next request starts stays as it is.
	*/
	clear(body: StruckBody): void {
		const key = keyOf(body);
		const struck = this.#bodies.get(key);
		if (struck === undefined) {
			return;
		}

		if (struck.skipped.length === 0) {
			this.#bodies.delete(key);
		} else {
			this.#bodies.set(key, {...struck, strikes: 0});
		}
	}

	count(body: StruckBody, nowMs: number): number {
		return this.#of(body, nowMs).strikes;
	}

	/**
	From now until its window ends the body is not begun at that target.
	*/
	skip(body: StruckBody, target: string, nowMs: number): void {
		const struck = this.#of(body, nowMs);
		const since = struck.strikes === 0 ? nowMs : struck.since;
		this.#set(body, {
			...struck,
			since,
			skipped: [...struck.skipped, target],
			skippedUntil: since + windowMs,
		});
	}

	/**
	The targets that the body is not begun at.
	*/
	skippedBy(body: StruckBody, nowMs: number): readonly string[] {
		return this.#of(body, nowMs).skipped;
	}

	/**
	When the window of its strikes ends, epoch milliseconds; now for a body without any.
	*/
	untilOf(body: StruckBody, nowMs: number): number {
		const {strikes, since} = this.#of(body, nowMs);
		return strikes === 0 ? nowMs : since + windowMs;
	}

	/**
	What still matters of a body.
	*/
	#of(body: StruckBody, nowMs: number): Struck {
		if (nowMs >= this.#until && !this.isEmpty) {
			this.#bodies = new Recent(mostKept);
		}

		const {strikes, since, skipped, skippedUntil} =
			this.#bodies.get(keyOf(body)) ?? none;
		return {
			...none,
			...(nowMs < since + windowMs && {strikes, since}),
			...(nowMs < skippedUntil && {skipped, skippedUntil}),
		};
	}

	#set(body: StruckBody, struck: Struck): void {
		this.#bodies.set(keyOf(body), struck);
		this.#until = Math.max(this.#until, struck.since + windowMs);
	}
}

const keyOf = ({session, bodyHash}: StruckBody): string =>
	`${session ?? ''}\n${bodyHash}`;

export type StrikeAct = 'none' | 'next' | 'pause' | 'return';

/**
What is done at each third strike of a body, and at no other. `next`: from now on it starts at another
target. `return`: the client gets the answer, whatever else could be tried.
*/
export function onThirdStrike({
	onStrikes,
	strikes,
	hasNext,
}: Readonly<{
	onStrikes: 'next' | 'pause' | 'return';
	strikes: number;
	/**
	There is another target that it may start at.
	*/
	hasNext: boolean;
}>): StrikeAct {
	if (strikes === 0 || strikes % strikesToAct !== 0) {
		return 'none';
	}

	return onStrikes === 'next' && !hasNext ? 'pause' : onStrikes;
}
