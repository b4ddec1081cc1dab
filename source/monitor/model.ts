import type {
	PassthroughRow,
	PublishedConfig,
} from '../control/passthrough-row.js';
import {monitorKeys, type Bindings} from '../config/monitor-keys.js';
import type {Attempt, Exchange, Live} from '../exchange/exchange.js';
import type {CostParts} from '../pricing/cost-parts.js';
import type {LimitRow} from '../usage-log/limits.js';
import type {
	ModelTotals,
	QuarterTotals,
	SessionTotals,
} from '../usage-log/news.js';
import {nothingAsked, type AskedFor} from './asked.js';
import type {CapAnswer} from './cap-answers.js';
import type {CapInput} from './cap-input.js';
import {noSteps, type CapSteps} from './cap-steps.js';
import type {Copied} from './copy.js';
import type {DayHour} from './day-hours.js';
import type {Order} from './orders.js';
import type {OverlayName} from './overlay.js';
import type {Question} from './question.js';
import {usualSort, type Sort} from './sort.js';
import type {SparkSpan} from './spark-span.js';
import type {Switched} from './switching.js';
import type {SupervisorState} from './supervisor-state.js';

/**
How the log is followed. It may not be there yet, or not be readable.
*/
export type LogState = Readonly<
	{kind: 'opening'} | {kind: 'following'} | {kind: 'unreadable'; reason: string}
>;

/**
What this sitting saw end, for the lines left behind.
*/
export type Seen = Readonly<{
	requests: number;
	inputTokens: number;
	outputTokens: number;
	nanodollars: number;
	limited: number;
}>;

/**
What the list stands still with, by ids in its order.
*/
export type Frozen = Readonly<{
	/**
	All that there were, shown or not.
	*/
	all: readonly number[];
	/**
	Those that matched the filter.
	*/
	shown: readonly number[];
}>;

export type Arithmetic = (
	exchange: Exchange,
	config: PublishedConfig,
) => CostParts | undefined;

export type Leaving = 'quit' | 'quit-and-stop';

/**
All that the screen is drawn from. Instants in epoch milliseconds.
*/
export type Model = Readonly<{
	nowMs: number;
	sittingSinceMs: number;
	columns: number;
	rows: number;
	ascii: boolean;
	readOnly: boolean;
	supervisor: SupervisorState;
	/**
	When the passthrough last answered over its port.
	*/
	heardAtMs: number | undefined;
	passthrough: PassthroughRow | undefined;
	log: LogState;
	/**
	The newest finished ones and all that are open, by id.
	*/
	exchanges: ReadonlyMap<number, Exchange>;
	/**
	Progress of the open ones, by id of the exchange.
	*/
	live: ReadonlyMap<number, Live>;
	/**
	Those begun in the last hour, by id.
	*/
	attempts: ReadonlyMap<number, Attempt>;
	/**
	Of today, per served model.
	*/
	totals: readonly ModelTotals[];
	/**
	When their day began.
	*/
	totalsDayMs?: number | undefined;
	seen: Seen;
	notices: readonly string[];
	/**
	Undefined while the list follows the newest.
	*/
	selected: number | undefined;
	overlay: OverlayName;
	/**
	The row that is marked there, or the first that is shown; counted from 0.
	*/
	overlayAt: number;
	/**
	What is open again when that is closed.
	*/
	overlayBelow: Readonly<{name: OverlayName; at: number}> | undefined;
	/**
	Words that an exchange of the list must match; empty: all are listed.
	*/
	filter: string;
	/**
	The filter while it is typed.
	*/
	filterInput: string | undefined;
	sort: Sort;
	/**
	What the list shows, while it stands still.
	*/
	frozen: Frozen | undefined;
	/**
	How far back the sparklines go.
	*/
	span: SparkSpan;
	/**
	How much of an older log has its sums by now, 0 to 1; undefined where all of it has.
	*/
	upkeep: number | undefined;
	/**
	What endpoints told of their limits last.
	*/
	limits: readonly LimitRow[];
	/**
	Today by quarter-hours; read while somebody looks at them.
	*/
	quarters: readonly QuarterTotals[];
	/**
	Of today, in the zone that days are counted in; read with them.
	*/
	hours: readonly DayHour[];
	/**
	Today's dearest sessions; read while somebody looks at them.
	*/
	sessions: readonly SessionTotals[];
	/**
	What was asked of requests under way, and has not come about yet.
	*/
	orders: readonly Order[];
	/**
	How a cost comes about; undefined until a detail is looked at.
	*/
	arithmetic: Arithmetic | undefined;
	/**
	When the errors were looked at last.
	*/
	errorsSeenAtMs: number;
	copied: Copied | undefined;
	bindings: Bindings;
	/**
	The alias that the picker stands at; null: as asked.
	*/
	picked: string | null;
	/**
	What was asked of the passthrough and is not confirmed yet.
	*/
	asked: AskedFor;
	/**
	The last switch made here; undefined once it was undone.
	*/
	switched: Switched | undefined;
	/**
	Answers to requests that are held at a cap, until those have gone on.
	*/
	answers: readonly CapAnswer[];
	/**
	Since when the screen asks what to do at a cap; undefined while it does not.
	*/
	capAskedAtMs: number | undefined;
	/**
	The change of a cap that was confirmed last.
	*/
	capChanged: Readonly<{key: string; atMs: number}> | undefined;
	/**
	A figure for today's cap, while it is typed.
	*/
	capInput: CapInput | undefined;
	capSteps: CapSteps;
	/**
	Warnings of the passthrough that were put away here.
	*/
	hiddenWarnings: readonly string[];
	/**
	What can lose work or cost money; only `y` does it.
	*/
	question: Question | undefined;
	/**
	Why a key did nothing; stands for a moment.
	*/
	remark:
		| Readonly<{
				text: string;
				/**
				Where there is no room for it.
				*/
				short?: string;
				untilMs: number;
		  }>
		| undefined;
	stopping: boolean;
	/**
	It was said that requests wait for an answer, to one who wants to leave.
	*/
	isLeavingTold: boolean;
	leaving: Leaving | undefined;
}>;

export function startModel(given: {
	nowMs: number;
	columns: number;
	rows: number;
	ascii: boolean;
	readOnly: boolean;
	notices: readonly string[];
	bindings?: Bindings;
	isLeavingTold?: boolean;
}): Model {
	return {
		...given,
		sittingSinceMs: given.nowMs,
		supervisor: {kind: 'starting'},
		heardAtMs: undefined,
		passthrough: undefined,
		log: {kind: 'opening'},
		exchanges: new Map(),
		live: new Map(),
		attempts: new Map(),
		totals: [],
		seen: {
			requests: 0,
			inputTokens: 0,
			outputTokens: 0,
			nanodollars: 0,
			limited: 0,
		},
		selected: undefined,
		overlay: 'none',
		overlayAt: 0,
		overlayBelow: undefined,
		filter: '',
		filterInput: undefined,
		sort: usualSort,
		frozen: undefined,
		span: '5m',
		upkeep: undefined,
		limits: [],
		quarters: [],
		hours: [],
		sessions: [],
		orders: [],
		arithmetic: undefined,
		errorsSeenAtMs: given.nowMs,
		copied: undefined,
		bindings: given.bindings ?? monitorKeys,
		picked: null,
		asked: nothingAsked,
		switched: undefined,
		answers: [],
		capAskedAtMs: undefined,
		capChanged: undefined,
		capInput: undefined,
		capSteps: noSteps,
		hiddenWarnings: [],
		question: undefined,
		remark: undefined,
		stopping: false,
		isLeavingTold: given.isLeavingTold ?? false,
		leaving: undefined,
	};
}
