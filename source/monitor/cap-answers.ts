import type {CapDecision} from '../control/decisions.js';
import type {KeyStanding} from '../control/steering.js';
import {keyOf, standingOf} from './caps.js';
import {connectionOf} from './connection.js';
import type {Model} from './model.js';
import {pendingOf, patienceMs} from './asked.js';
import {isOpen} from './row-state.js';

/**
What becomes of a request that is held at a cap, as it was answered here.
*/
export type CapAnswer = Readonly<{
	exchange: number;
	decision: CapDecision;
	askedAtMs: number;
	isWritten: boolean;
	/**
	Why it could not be written.
	*/
	problem: string | undefined;
}>;

/**
A key whose requests wait for an answer, those held longest first.
*/
export type CapQuestion = Readonly<{
	key: KeyStanding;
	exchanges: readonly number[];
	/**
	When the first of them is refused if nobody answers; undefined where that is not known.
	*/
	untilMs: number | undefined;
}>;

/**
What the screen asks at a cap: of several keys, the one whose request waits longest.
*/
export function capQuestionOf(model: Model): CapQuestion | undefined {
	const {kind} = connectionOf(model);
	if (kind !== 'live' && kind !== 'draining') {
		return undefined;
	}

	const held = heldAtCap(model)
		.filter(({id, key}) => isAsked(model, id, key))
		.toSorted((one, other) => one.since - other.since || one.id - other.id);
	const key = held[0] && standingOf(model, held[0].key);
	if (!key) {
		return undefined;
	}

	const same = held.filter((one) => one.key === key.name);
	const ends = same.flatMap(({until}) => until ?? []);
	return {
		key,
		exchanges: same.map(({id}) => id),
		untilMs: ends.length === 0 ? undefined : Math.min(...ends),
	};
}

type Held = Readonly<{
	id: number;
	key: string;
	since: number;
	until: number | null;
}>;

function heldAtCap(model: Model): readonly Held[] {
	const held: Held[] = [];
	for (const live of model.live.values()) {
		const exchange = model.exchanges.get(live.id);
		if (
			live.state === 'held' &&
			live.holdReason === 'cap' &&
			exchange &&
			isOpen(exchange)
		) {
			held.push({
				id: live.id,
				key: keyOf(exchange),
				since: live.heldSince ?? exchange.startedAt ?? 0,
				until: live.silentUntil,
			});
		}
	}

	return held;
}

/**
So long those that a raised cap lets go may still be said to be held.
*/
const leavingMs = 600;

// Raised just now: whether that is enough is seen once it is in force.
const isAsked = (model: Model, id: number, key: string): boolean =>
	standingOf(model, key)?.atCap === 'ask' &&
	pendingOf(model, 'caps')?.key !== key &&
	!(
		model.capChanged?.key === key &&
		model.nowMs - model.capChanged.atMs < leavingMs
	) &&
	model.answers.every(({exchange}) => exchange !== id);

/**
Answers for some of the held ones; drawn as answered at once.
*/
export const answering = (
	model: Model,
	exchanges: readonly number[],
	decision: CapDecision,
): Model => ({
	...model,
	answers: [
		...model.answers,
		...exchanges.map((exchange) => ({
			exchange,
			decision,
			askedAtMs: model.nowMs,
			isWritten: false,
			problem: undefined,
		})),
	],
});

/**
An answer was written, or could not be.
*/
export const answerCame = (
	model: Model,
	exchange: number,
	problem: string | undefined,
): Model => ({
	...model,
	answers: model.answers.map((answer) =>
		answer.exchange === exchange
			? {
					...answer,
					askedAtMs: model.nowMs,
					isWritten: problem === undefined,
					problem,
				}
			: answer,
	),
});

/**
Forgets the answers to requests that are no longer held at a cap.
*/
export function answersKept(model: Model): Model {
	if (model.answers.length === 0) {
		return model;
	}

	const held = new Set(heldAtCap(model).map(({id}) => id));
	const answers = model.answers.filter(({exchange}) => held.has(exchange));
	return answers.length === model.answers.length ? model : {...model, answers};
}

/**
Answers that could not be written, or that the passthrough has not followed in time.
*/
export const answersInVain = (model: Model): readonly CapAnswer[] =>
	model.answers.filter(
		({problem, isWritten, askedAtMs}) =>
			problem !== undefined ||
			(isWritten && model.nowMs - askedAtMs >= patienceMs),
	);
