import {Recent} from './recent.js';

/**
One request, as far as it tells whether it is sent again.
*/
export type Asking = Readonly<{
	session: string | null;
	agent: string | null;
	model: string | null;
	isStream: boolean;
	/**
	A request beside the conversation: it is never the repeat of a turn.
	*/
	isSide: boolean;
	bodyHash: string;
	/**
	Length of the body, uncompressed.
	*/
	bodyBytes: number;
	/**
	Epoch milliseconds.
	*/
	startedAt: number;
}>;

/**
A request that failed.
*/
export type Failed = Readonly<{
	id: number;
	endedAt: number;
	/**
	The client hung up on it: what passes until it asks again is nobody's waiting.
	*/
	wasLeft: boolean;
	/**
	What it was billed all the same; 0 where that is nothing or not known.
	*/
	nanodollars: number;
}>;

/**
How a request ended. `broken`: a stream that had begun and came to no end.
*/
export type Ending = 'ok' | 'failed' | 'broken';

/**
Later than this nobody sends a failed request again; who asks the same then asks anew.
*/
const patienceMs = 10 * 60 * 1000;
const mostKept = 500;

/**
By how much the body may change where a turn is asked again without streaming: `stream` and `max_tokens`
have other values there, and the conversation is the same.
*/
const mostBytesApart = 64;

type BrokenStream = Failed & Readonly<{asking: Asking}>;

/**
Remembers requests that failed, to know the ones that repeat them: the same body in the same session,
or the same turn without streaming, which is how Claude Code goes on after a broken stream. Clients do
not tell: `x-stainless-retry-count` is always 0 there.
*/
export class Repeats {
	readonly #bodies = new Recent<Failed>(mostKept);
	readonly #streams = new Recent<BrokenStream>(mostKept);

	/**
	The failed request that this one repeats, if any.
	*/
	repeatedBy(asking: Asking): Failed | undefined {
		const same = this.#bodies.get(bodyKey(asking));
		if (same !== undefined && isRecent(same, asking)) {
			return same;
		}

		if (asking.isStream || asking.isSide || asking.session === null) {
			return undefined;
		}

		const stream = this.#streams.get(agentKey(asking));
		return stream !== undefined &&
			isSameTurn(stream.asking, asking) &&
			isRecent(stream, asking)
			? stream
			: undefined;
	}

	/**
	Notes how a request ended; more than once where more becomes known of it.
	*/
	note(asking: Asking, ending: Ending, failed: Failed): void {
		const turn = asking.session !== null && !asking.isSide;
		if (ending === 'ok') {
			this.#bodies.delete(bodyKey(asking));
			if (turn) {
				this.#streams.delete(agentKey(asking));
			}

			return;
		}

		this.#bodies.set(bodyKey(asking), failed);
		if (turn && asking.isStream && ending === 'broken') {
			this.#streams.set(agentKey(asking), {...failed, asking});
		}
	}
}

/**
How long a client waited (milliseconds) before it asked again; null where it had left of its own accord.
*/
export const waitedMs = (
	{endedAt, wasLeft}: Failed,
	{startedAt}: Asking,
): number | null => (wasLeft ? null : Math.max(0, startedAt - endedAt));

const bodyKey = ({session, bodyHash}: Asking): string =>
	`${session ?? ''}\n${bodyHash}`;

const agentKey = ({session, agent}: Asking): string =>
	`${session ?? ''}\n${agent ?? ''}`;

const isSameTurn = (one: Asking, other: Asking): boolean =>
	one.model === other.model &&
	Math.abs(one.bodyBytes - other.bodyBytes) <= mostBytesApart;

const isRecent = ({endedAt}: Failed, {startedAt}: Asking): boolean =>
	startedAt - endedAt <= patienceMs;
