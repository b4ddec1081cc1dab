import type {Exchange} from '../exchange/exchange.js';
import type {Sums} from '../exchange/measures.js';
import type {SessionTotals} from '../usage-log/news.js';
import type {Model} from './model.js';
import {isOpen} from './row-state.js';
import {modelOf} from './tokens-of.js';

/**
As many of the dearest are read.
*/
export const sessionsRead = 50;

/**
One session of today. What is not summed is known as far as its exchanges are among the newest.
*/
export type SessionRow = Readonly<{
	/**
	The empty text is all that told none.
	*/
	session: string;
	/**
	Undefined where it is in no sum that was read.
	*/
	sums: SessionTotals | undefined;
	client: string | undefined;
	/**
	Of today; undefined where they are in no sum that was read.
	*/
	requests: number | undefined;
	/**
	The key that its newest exchange came with.
	*/
	key: string | undefined;
	agents: number;
	/**
	The model of most of its exchanges.
	*/
	model: string | undefined;
	/**
	When something of it was last seen to happen, in epoch milliseconds.
	*/
	activeAtMs: number | undefined;
	/**
	Exchanges that are open.
	*/
	open: number;
}>;

/**
Today's sessions, the dearest first; at the end those with an open exchange that are not among them.
*/
export function sessionRows(model: Model): readonly SessionRow[] {
	const known = Map.groupBy(
		Array.from(model.exchanges.values()).filter(({format}) => format !== null),
		({session}) => session ?? '',
	);
	const summed = new Set(model.sessions.map(({session}) => session));
	const begun = Array.from(known)
		.filter(
			([session, exchanges]) =>
				!summed.has(session) && exchanges.some((one) => isOpen(one)),
		)
		.map(([session]) => session);
	return [
		...model.sessions.map((sums) =>
			rowOf(model, sums.session, sums, known.get(sums.session) ?? []),
		),
		...begun.map((session) =>
			rowOf(model, session, undefined, known.get(session)!),
		),
	];
}

/**
Whether there may be more than were read.
*/
export const areDearest = (sessions: Model['sessions']): boolean =>
	sessions.length >= sessionsRead;

function rowOf(
	model: Model,
	session: string,
	sums: SessionTotals | undefined,
	exchanges: readonly Exchange[],
): SessionRow {
	const newest = exchanges.toSorted((one, other) => other.id - one.id);
	const open = exchanges.filter((one) => isOpen(one));
	const seen = exchanges.map((one) => lastSeenMs(model, one));
	// What has ended of one that is not among them was not of today, or it was among the cheaper ones.
	const isNew = open.length === exchanges.length || !areDearest(model.sessions);
	return {
		session,
		sums,
		requests: sums?.requests ?? (isNew ? open.length : undefined),
		client: newest.find(({client}) => client !== null)?.client ?? undefined,
		key: newest[0]?.key ?? undefined,
		agents: new Set(exchanges.map(({agentId}) => agentId ?? '')).size,
		model: mostUsed(model, newest),
		activeAtMs: seen.length === 0 ? undefined : Math.max(...seen),
		open: open.length,
	};
}

/**
What is open is active, whether or not bytes come.
*/
const lastSeenMs = (model: Model, exchange: Exchange): number =>
	isOpen(exchange)
		? model.nowMs
		: (exchange.endedAt ?? exchange.startedAt ?? 0);

function mostUsed(
	model: Model,
	newest: readonly Exchange[],
): string | undefined {
	const counts = Map.groupBy(
		newest.filter(({side}) => side !== true),
		(exchange) => modelOf(exchange, model.live.get(exchange.id)),
	);
	// Of as many, the one that was asked last.
	return Array.from(counts).toSorted(
		([, one], [, other]) => other.length - one.length,
	)[0]?.[0];
}

/**
The full prompts, cached or not.
*/
export const promptOf = (sums: Sums): number =>
	sums.inputTokens +
	sums.cacheReadTokens +
	sums.cacheWrite5mTokens +
	sums.cacheWrite1hTokens;
