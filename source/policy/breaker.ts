/**
How a request to a target ended. `busy`: it answered, but that it has too much to do; neither a failure
nor a success. `dropped`: nothing was learnt, as the client left or it was never sent.
*/
export type BreakerResult = 'ok' | 'failed' | 'busy' | 'dropped';

/**
`probe`: this one request finds out whether the target is back, and its end must be noted.
*/
export type BreakerAdmission = 'go' | 'probe' | 'open';

export type BreakerStanding = Readonly<{
	target: string;
	state: 'open' | 'probing';
	/**
	Epoch milliseconds: when the next probe may go.
	*/
	until: number;
}>;

type Breaker = Readonly<{
	/**
	In a row.
	*/
	failures: number;
	/**
	Undefined while it is closed.
	*/
	open:
		Readonly<{forMs: number; until: number; isProbing: boolean}> | undefined;
}>;

const mostFailures = 5;
const firstOpenMs = 2000;
const longestOpenMs = 60_000;
const mostKept = 1000;

/**
What nobody has asked for so long is nothing to show.
*/
const forgottenMs = 10 * 60 * 1000;

const closed: Breaker = {failures: 0, open: undefined};

/**
Lets targets be that fail again and again, so that a dead one costs a probe now and then and not every
request. A target is `endpoint/model`, or an endpoint alone.
*/
export class Breakers {
	/** Only those that have failed, in the order of their last change. */
	readonly #breakers = new Map<string, Breaker>();

	admit(target: string, nowMs: number): BreakerAdmission {
		const {failures, open} = this.#of(target);
		if (open === undefined) {
			return 'go';
		}

		if (nowMs < open.until) {
			return 'open';
		}

		// One that finds nothing out in as long a time makes room for another.
		const until = nowMs + open.forMs;
		this.#set(target, {failures, open: {...open, until, isProbing: true}});
		return 'probe';
	}

	/**
	Notes the end of a request that was admitted. What was admitted as `go` may end when the target has
	been let be since: then only its success counts. Left out, it is taken for the probe if one is under way.
	*/
	note(
		target: string,
		result: BreakerResult,
		nowMs: number,
		admitted?: 'go' | 'probe',
	): void {
		const before = this.#of(target);
		const isProbe = before.open?.isProbing === true && admitted !== 'go';
		const after = isProbe
			? afterProbe(before, result, nowMs)
			: afterOther(before, result, nowMs);
		if (after !== before) {
			this.#set(target, after);
		}
	}

	/**
	No target has failed since it last worked: all may be asked.
	*/
	get isQuiet(): boolean {
		return this.#breakers.size === 0;
	}

	/**
	The targets that are let be.
	*/
	standing(nowMs: number): readonly BreakerStanding[] {
		return [...this.#breakers].flatMap(([target, {open}]) =>
			open === undefined ||
			(!open.isProbing && nowMs - open.until > forgottenMs)
				? []
				: [
						{
							target,
							state: open.isProbing ? 'probing' : 'open',
							until: open.until,
						},
					],
		);
	}

	/**
	Forgets all targets but those that are still there.
	*/
	keep(isThere: (target: string) => boolean): void {
		for (const target of this.#breakers.keys()) {
			if (!isThere(target)) {
				this.#breakers.delete(target);
			}
		}
	}

	#of(target: string): Breaker {
		return this.#breakers.get(target) ?? closed;
	}

	#set(target: string, breaker: Breaker): void {
		this.#breakers.delete(target);
		if (breaker === closed) {
			return;
		}

		this.#breakers.set(target, breaker);
		if (this.#breakers.size > mostKept) {
			this.#breakers.delete(this.#breakers.keys().next().value!);
		}
	}
}

function afterProbe(
	breaker: Breaker,
	result: BreakerResult,
	nowMs: number,
): Breaker {
	const {failures, open} = breaker;
	switch (result) {
		case 'ok': {
			return closed;
		}

		case 'busy': {
			return {failures, open: undefined};
		}

		case 'dropped': {
			return {failures, open: {...open!, until: nowMs, isProbing: false}};
		}

		case 'failed': {
			return {failures, open: openFor(open!.forMs * 2, nowMs)};
		}
	}
}

function afterOther(
	breaker: Breaker,
	result: BreakerResult,
	nowMs: number,
): Breaker {
	switch (result) {
		case 'ok': {
			return closed;
		}

		case 'busy':
		case 'dropped': {
			return breaker;
		}

		case 'failed': {
			const failures = breaker.failures + 1;
			return breaker.open === undefined
				? {
						failures,
						open:
							failures < mostFailures ? undefined : openFor(firstOpenMs, nowMs),
					}
				: breaker;
		}
	}
}

function openFor(ms: number, nowMs: number) {
	const forMs = Math.min(longestOpenMs, ms);
	return {forMs, until: nowMs + forMs, isProbing: false};
}
