import type {Attempt, Exchange, Live} from '../exchange/exchange.js';
import {
	showCount,
	showDuration,
	showShare,
	showWait,
} from '../exchange/show.js';
import {wordsFor} from '../exchange/words.js';
import {keyOf, measuresOf, standingOf} from './caps.js';
import type {Model} from './model.js';
import {costText, raiseCommand} from './plain-words.js';
import {isOpen, rowStateOf} from './row-state.js';
import {modelOf, tokensOf} from './tokens-of.js';

/**
An event in words, and when it was; undefined: now.
*/
export type PlainEvent = Readonly<{text: string; atMs?: number | undefined}>;

/**
What became of single requests: tries that failed, what is held and goes on again, what has ended.
*/
export const requestEvents = (
	before: Model,
	after: Model,
): readonly PlainEvent[] => [
	...triesThatFailed(before, after),
	...holds(before, after),
	...ends(before, after),
];

function triesThatFailed(before: Model, after: Model): readonly PlainEvent[] {
	if (before.attempts === after.attempts) {
		return [];
	}

	return Array.from(after.attempts.values())
		.filter(
			(attempt) =>
				hasFailed(attempt) &&
				(knownBefore(before.attempts, attempt)?.endedAt ?? null) === null &&
				isFollowed(attempt, after),
		)
		.map((attempt) => ({
			text: tryText(attempt, after),
			atMs: attempt.endedAt ?? undefined,
		}));
}

/**
What was known of it. Another log begins its numbers anew: then the same number is another one.
*/
function knownBefore<Row extends Attempt | Exchange>(
	rows: ReadonlyMap<number, Row>,
	{id, startedAt}: Row,
): Row | undefined {
	const row = rows.get(id);
	return row?.startedAt === startedAt ? row : undefined;
}

const hasFailed = ({endedAt, outcome, errorClass}: Attempt): boolean =>
	endedAt !== null && (errorClass !== null || outcome === 'error');

/**
Of the last try its exchange tells.
*/
const isFollowed = (attempt: Attempt, {exchanges}: Model): boolean => {
	const exchange = exchanges.get(attempt.exchange ?? -1);
	return (
		exchange !== undefined &&
		(isOpen(exchange) || (attempt.number ?? 0) < (exchange.attempts ?? 0))
	);
};

function tryText(attempt: Attempt, model: Model): string {
	const {exchange: id, number} = attempt;
	const why = wordsFor(attempt, {nowMs: model.nowMs})?.short[0] ?? 'failed';
	const where = [attempt.endpoint, attempt.sentModel].filter(Boolean).join('/');
	const live = model.live.get(id ?? -1);
	const next =
		live?.holdReason === 'backoff' && live.heldUntil !== null
			? `, next try in ${showWait(live.heldUntil - model.nowMs + 999)}`
			: '';
	return `request ${id} try ${number} failed: ${why}${where === '' ? '' : ` at ${where}`}${next}`;
}

function holds(before: Model, after: Model): readonly PlainEvent[] {
	if (before.live === after.live) {
		return [];
	}

	const events: PlainEvent[] = [];
	for (const live of after.live.values()) {
		const old = holdOf(before.live.get(live.id));
		const now = holdOf(live);
		if (now !== undefined && now !== old) {
			events.push({text: `request ${live.id} held: ${heldText(live, after)}`});
		} else if (old !== undefined && live.state !== 'held' && !isQueued(live)) {
			const since = before.live.get(live.id)!.heldSince ?? after.nowMs;
			const waited = showWait(after.nowMs - since);
			events.push({text: `request ${live.id} goes on after ${waited}`});
		}
	}

	return events;
}

const isQueued = ({state}: Live): boolean => state === 'queued';

/**
Why it is held; undefined where it is not, or only waits for its next try.
*/
const holdOf = (live: Live | undefined): Live['holdReason'] | undefined =>
	live &&
	(live.state === 'held' || isQueued(live)) &&
	live.holdReason !== 'backoff'
		? (live.holdReason ?? undefined)
		: undefined;

const resumes = '"tollgate resume" lets it go';
const heldWords: Readonly<Record<NonNullable<Live['holdReason']>, string>> = {
	paused: `paused; ${resumes}`,
	cap: 'at the cap',
	reserved: 'what runs has reserved what is left of the cap',
	queue: 'no slot is free',
	backoff: 'it waits for its next try',
	strikes: `the same request has failed again and again; ${resumes}`,
	guard: `paused by the guard; ${resumes}`,
};

function heldText(live: Live, model: Model): string {
	const reason = live.holdReason ?? 'paused';
	const left =
		live.silentUntil !== null && live.silentUntil > model.nowMs
			? `, ${showWait(live.silentUntil - model.nowMs)} left`
			: '';
	return `${heldWords[reason]}${left}${reason === 'cap' ? atCapText(live.id, model) : ''}`;
}

function atCapText(id: number, model: Model): string {
	const exchange = model.exchanges.get(id);
	const key = exchange && standingOf(model, keyOf(exchange));
	const [measure] = key ? measuresOf(key) : [];
	return measure ? `; ${raiseCommand(measure)} raises it today` : '';
}

function ends(before: Model, after: Model): readonly PlainEvent[] {
	if (before.exchanges === after.exchanges) {
		return [];
	}

	return Array.from(after.exchanges.values())
		.filter((exchange) => {
			const old = knownBefore(before.exchanges, exchange);
			return !isOpen(exchange) && (old === undefined || isOpen(old));
		})
		.toSorted((one, other) => endOf(one) - endOf(other) || one.id - other.id)
		.map((exchange) => ({
			text: endText(exchange, after.nowMs),
			atMs: exchange.endedAt ?? undefined,
		}));
}

const endOf = ({endedAt}: Exchange): number => endedAt ?? 0;

/**
`request 347 done: claude-sonnet-4-6, 48k in (79% cached), 1.2k out, $0.0410, 18s, first token after 1.2s`
*/
function endText(exchange: Exchange, nowMs: number): string {
	const state = rowStateOf(exchange, undefined, nowMs);
	const {startedAt, endedAt, firstTokenAt, attempts} = exchange;
	const since = (instant: number | null) =>
		instant === null || startedAt === null
			? ''
			: showDuration(instant - startedAt);
	const first = since(firstTokenAt);
	const parts = [
		modelText(exchange),
		state === 'done' ? '' : (wordsFor(exchange, {nowMs})?.short[0] ?? state),
		...tokenTexts(exchange),
		priceText(exchange),
		since(endedAt),
		first === '' ? '' : `first token after ${first}`,
		(attempts ?? 1) > 1 ? `${attempts} tries` : '',
	];
	return `request ${exchange.id} ${state}: ${parts.filter(Boolean).join(', ')}`;
}

const modelText = (exchange: Exchange): string => {
	const model = modelOf(exchange, undefined);
	const {askedModel} = exchange;
	return askedModel === null || askedModel === model
		? model
		: `${askedModel} -> ${model}`;
};

const tokenTexts = (exchange: Exchange): readonly string[] => {
	const {prompt, cached, output, proof} = tokensOf(exchange, undefined);
	const cache =
		prompt !== undefined && cached > 0
			? ` (${showShare(cached, prompt)} cached)`
			: '';
	const least = proof === 'atLeast' ? 'at least ' : '';
	return [
		prompt === undefined ? '' : `${showCount(prompt)} in${cache}`,
		output === undefined ? '' : `${least}${showCount(output)} out`,
	];
};

const priceText = ({
	costNanodollars,
	priceSource,
	billing,
}: Exchange): string =>
	costNanodollars === null
		? priceSource === 'unpriced'
			? 'no price'
			: ''
		: `${costText(costNanodollars)}${billing === 'plan' ? ' by plan' : ''}`;
