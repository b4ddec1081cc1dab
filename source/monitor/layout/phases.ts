import type {Attempt, Exchange, Live} from '../../exchange/exchange.js';
import {isOpen} from '../row-state.js';

export const phaseKinds = ['held', 'waiting', 'streaming', 'backoff'] as const;
/**
What an exchange did for a while: held before it was sent, sent and without an answer, answered, between two
tries.
*/
export type PhaseKind = (typeof phaseKinds)[number];
export type Phase = Readonly<{kind: PhaseKind; fromMs: number; toMs: number}>;

/**
The life of an exchange from its start to its end, or to now, but for what took no time to speak of; epoch
milliseconds. `tries` in their order; the last one may be told by the exchange alone. Empty where its start
is not known.
*/
export function phasesOf(
	{exchange, live}: Readonly<{exchange: Exchange; live: Live | undefined}>,
	tries: readonly Attempt[],
	nowMs: number,
): readonly Phase[] {
	const {startedAt} = exchange;
	if (startedAt === null) {
		return [];
	}

	const endMs = Math.max(startedAt, exchange.endedAt ?? nowMs);
	const marks: Array<readonly [atMs: number, kind: PhaseKind]> = [
		[startedAt, isHeldFirst(exchange, live, tries) ? 'held' : 'waiting'],
	];
	for (const one of triesOf(exchange, live, tries)) {
		marks.push([one.startedAt, 'waiting']);
		if (one.firstByteAt !== null) {
			marks.push([one.firstByteAt, 'streaming']);
		}

		if (one.endedAt !== null) {
			marks.push([one.endedAt, 'backoff']);
		}
	}

	return between(marks, endMs);
}

type Try = Readonly<{
	startedAt: number;
	firstByteAt: number | null;
	endedAt: number | null;
}>;

/**
Of the try that runs or was the last, the exchange knows most.
*/
function triesOf(
	exchange: Exchange,
	live: Live | undefined,
	tries: readonly Attempt[],
): readonly Try[] {
	const lastAt = exchange.attemptStartedAt ?? sentAt(exchange, live);
	const isWaiting =
		isOpen(exchange) &&
		['held', 'queued'].includes(live?.state ?? exchange.state ?? '');
	const known = tries.flatMap((one) =>
		one.startedAt === null ? [] : [{...one, startedAt: one.startedAt}],
	);
	const earlier = isWaiting
		? known
		: known.filter(
				({startedAt, endedAt}, index) =>
					(lastAt === undefined || startedAt < lastAt) &&
					(endedAt !== null || index < known.length - 1),
			);
	const isUnsent =
		(live?.attempts ?? exchange.attempts ?? 0) === 0 &&
		exchange.attemptStartedAt === null;
	const last =
		isWaiting || isUnsent
			? []
			: [
					{
						startedAt: lastAt ?? known.at(-1)?.startedAt ?? exchange.startedAt!,
						firstByteAt: exchange.firstByteAt ?? live?.firstByteAt ?? null,
						// An answer that failed was read at once.
						endedAt: exchange.endedAt,
					},
				];
	return [
		...earlier.map(({startedAt, firstByteAt, endedAt}) => ({
			startedAt,
			firstByteAt,
			endedAt,
		})),
		...last,
	];
}

/**
When it was first sent, as far as the time that it was held says that; undefined where later tries hide it.
*/
const sentAt = (
	{startedAt, heldMs, attempts, state, httpStatus}: Exchange,
	live: Live | undefined,
): number | undefined =>
	(live?.attempts ?? attempts ?? 0) <= 1 &&
	(state !== 'held' || httpStatus !== null)
		? startedAt! + (heldMs ?? 0)
		: undefined;

/**
What was never sent only waited.
*/
const isHeldFirst = (
	exchange: Exchange,
	live: Live | undefined,
	tries: readonly Attempt[],
): boolean =>
	Boolean(exchange.heldMs) ||
	exchange.admittedAt !== null ||
	(tries.length === 0 && ['held', 'queued'].includes(live?.state ?? ''));

const shortestMs = 50;

function between(
	marks: ReadonlyArray<readonly [number, PhaseKind]>,
	endMs: number,
): readonly Phase[] {
	const phases: Phase[] = [];
	let fromMs = marks[0]![0];
	for (const [index, [, kind]] of marks.entries()) {
		const next = marks[index + 1]?.[0] ?? endMs;
		// Clocks may be set back meanwhile; time is never drawn twice.
		const toMs = Math.min(endMs, Math.max(fromMs, next));
		if (toMs - fromMs >= shortestMs) {
			phases.push({kind, fromMs, toMs});
		}

		fromMs = toMs;
	}

	return phases;
}
