import {showClock} from '../exchange/show.js';
import type {PassthroughRow} from '../control/passthrough-row.js';
import type {Live} from '../exchange/exchange.js';
import type {LimitRow} from '../usage-log/limits.js';
import type {
	ModelTotals,
	News,
	QuarterTotals,
	SessionTotals,
} from '../usage-log/news.js';
import {settled, wished, type AskName} from './asked.js';
import {answerCame, answersKept} from './cap-answers.js';
import {capAsked} from './cap-keys.js';
import {stepsNoticed} from './cap-steps.js';
import {errorsSeen} from './errors.js';
import {keyName} from './key-name.js';
import {pressed} from './keys.js';
import type {DayHour} from './day-hours.js';
import {followed} from './followed.js';
import type {Arithmetic, LogState, Model, Seen} from './model.js';
import {orderCame, ordersKept, type Order} from './orders.js';
import {questionKept} from './question.js';
import {isOpen} from './row-state.js';
import {selectionShown} from './shown-entries.js';
import type {SupervisorState} from './supervisor-state.js';
import {isSummed, tokensOf} from './tokens-of.js';

/**
Everything that can happen to the monitor.
*/
export type Message =
	| Readonly<{kind: 'tick'; nowMs: number}>
	| Readonly<{kind: 'resized'; columns: number; rows: number}>
	| Readonly<{kind: 'pressed'; key: string}>
	| Readonly<{kind: 'logState'; log: LogState}>
	/**
	What stands in the log when it is first read: none of it was seen to happen.
	*/
	| Readonly<{kind: 'attached'; news: News}>
	| Readonly<{kind: 'news'; news: News}>
	| Readonly<{kind: 'live'; rows: readonly Live[]}>
	/**
	`dayMs`: when the day began that they are of.
	*/
	| Readonly<{
			kind: 'totals';
			totals: readonly ModelTotals[];
			dayMs?: number;
	  }>
	| Readonly<{kind: 'quarters'; quarters: readonly QuarterTotals[]}>
	| Readonly<{kind: 'hours'; hours: readonly DayHour[]}>
	| Readonly<{kind: 'sessions'; sessions: readonly SessionTotals[]}>
	| Readonly<{kind: 'limits'; limits: readonly LimitRow[]}>
	| Readonly<{kind: 'upkeep'; share: number | undefined}>
	| Readonly<{kind: 'arithmetic'; arithmetic: Arithmetic}>
	| Readonly<{kind: 'passthrough'; row: PassthroughRow | undefined}>
	| Readonly<{kind: 'supervisor'; state: SupervisorState; nowMs: number}>
	| Readonly<{kind: 'stopFailed'; reason: string}>
	/**
	What was asked for is written under a number, or cannot be.
	*/
	| Readonly<{
			kind: 'wished';
			name: AskName;
			came: Readonly<{change: number} | {problem: string}>;
			nowMs: number;
	  }>
	/**
	The answer to a request that is held at a cap is written, or cannot be.
	*/
	| Readonly<{
			kind: 'answerCame';
			exchange: number;
			problem: string | undefined;
			nowMs: number;
	  }>
	/**
	What was asked of a request is written, or cannot be.
	*/
	| Readonly<{
			kind: 'orderCame';
			order: Pick<Order, 'exchange' | 'kind'>;
			problem: string | undefined;
			nowMs: number;
	  }>;

/**
The one place where the model changes. Pure: the clock comes with the messages.
*/
export const update = (model: Model, message: Message): Model =>
	selectionShown(
		capAsked(
			stepsNoticed(
				answersKept(ordersKept(questionKept(changed(model, message)))),
			),
		),
	);

// eslint-disable-next-line complexity -- It is one list.
function changed(model: Model, message: Message): Model {
	switch (message.kind) {
		case 'tick': {
			return ticked(errorsSeen({...model, nowMs: message.nowMs}));
		}

		case 'resized': {
			return {...model, columns: message.columns, rows: message.rows};
		}

		case 'pressed': {
			return pressed(model, message.key);
		}

		case 'logState': {
			return {...model, log: message.log};
		}

		case 'attached': {
			return followed(emptied(model, message.news), message.news);
		}

		case 'news': {
			const seen = seenWith(model, message.news);
			return {...followed(model, message.news), seen};
		}

		case 'live': {
			const live = new Map(message.rows.map((row) => [row.id, row]));
			return {...model, live};
		}

		case 'totals': {
			return {...model, totals: message.totals, totalsDayMs: message.dayMs};
		}

		case 'quarters': {
			return {...model, quarters: message.quarters};
		}

		case 'hours': {
			return {...model, hours: message.hours};
		}

		case 'sessions': {
			return {...model, sessions: message.sessions};
		}

		case 'upkeep': {
			return {...model, upkeep: message.share};
		}

		case 'limits': {
			return {...model, limits: message.limits};
		}

		case 'arithmetic': {
			return {...model, arithmetic: message.arithmetic};
		}

		case 'passthrough': {
			const passthrough = message.row ?? model.passthrough;
			return settled({...model, passthrough});
		}

		case 'supervisor': {
			return settled(supervised(model, message));
		}

		case 'stopFailed': {
			const notices = [...model.notices, message.reason];
			return {...model, stopping: false, leaving: undefined, notices};
		}

		case 'wished': {
			const now = {...model, nowMs: message.nowMs};
			return wished(now, message.name, message.came);
		}

		case 'answerCame': {
			const now = {...model, nowMs: message.nowMs};
			return answerCame(now, message.exchange, message.problem);
		}

		case 'orderCame': {
			const now = {...model, nowMs: message.nowMs};
			return orderCame(now, message.order, message.problem);
		}
	}
}

/**
Another log gives out the same ids anew: nothing is marked then that nobody has marked.
*/
const emptied = (model: Model, {exchanges}: News): Model => {
	const marked = model.exchanges.get(model.selected ?? -1);
	const isThere = exchanges.some(
		({id, startedAt}) => id === marked?.id && startedAt === marked.startedAt,
	);
	return {
		...model,
		exchanges: new Map(),
		attempts: new Map(),
		frozen: undefined,
		selected: isThere ? model.selected : undefined,
	};
};

const ticked = (model: Model): Model =>
	model.remark && model.remark.untilMs <= model.nowMs
		? {...model, remark: undefined}
		: model;

const seenWith = (model: Model, news: News): Seen => {
	const ended = news.exchanges.filter((row) => {
		const before = model.exchanges.get(row.id);
		return (
			isSummed(row) && !isOpen(row) && (before === undefined || isOpen(before))
		);
	});
	const tokens = ended.map((row) => tokensOf(row, undefined));
	const limited = news.attempts.filter(
		({id, httpStatus}) =>
			httpStatus === 429 && model.attempts.get(id)?.httpStatus !== 429,
	);
	const {seen} = model;
	return {
		requests: seen.requests + ended.length,
		inputTokens: tokens.reduce(
			(sum, {prompt = 0}) => sum + prompt,
			seen.inputTokens,
		),
		outputTokens: tokens.reduce(
			(sum, {output = 0}) => sum + output,
			seen.outputTokens,
		),
		nanodollars: ended.reduce(
			(sum, {costNanodollars}) => sum + (costNanodollars ?? 0),
			seen.nanodollars,
		),
		limited: seen.limited + limited.length,
	};
};

const supervised = (
	model: Model,
	{state, nowMs}: {state: SupervisorState; nowMs: number},
): Model => {
	const before =
		'identity' in model.supervisor ? model.supervisor.identity : undefined;
	// The same object again is the same answer as before, not a new one.
	const heard = 'identity' in state && state.identity !== before;
	return {
		...model,
		supervisor: state,
		heardAtMs: heard ? nowMs : model.heardAtMs,
		notices:
			heard && model.supervisor.kind === 'down'
				? recovered(model, model.supervisor.reason)
				: model.notices,
	};
};

const back = 'PASSTHROUGH BACK since';

// Whoever looks at the pane a minute later wants to know what became of the streams.
const recovered = (model: Model, reason: string): readonly string[] =>
	model.heardAtMs === undefined
		? model.notices
		: [
				...model.notices.filter((text) => !text.startsWith(back)),
				`${back} ${showClock(model.nowMs)}: ${reason} (${keyName(model, 'back')} hides this)`,
			];
