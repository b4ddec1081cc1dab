import type {
	Identity,
	PassthroughRow,
} from '../../source/control/passthrough-row.js';
import type {Decision} from '../../source/control/decisions.js';
import type {
	TodaysCap,
	WishName,
	Wishes,
} from '../../source/control/steering.js';
import type {Attempt, Exchange, Live} from '../../source/exchange/exchange.js';
import type {SupervisorState} from '../../source/monitor/supervisor-state.js';
import type {MonitorWorld} from '../../source/monitor/world.js';
import type {LimitRow} from '../../source/usage-log/limits.js';
import type {
	LogReader,
	ModelTotals,
	QuarterTotals,
	SessionTotals,
} from '../../source/usage-log/news.js';

/**
What stands in a log of plain data, for tests that need no file.
*/
export type StandInLog = {
	version: number;
	revision: number;
	exchanges: Exchange[];
	attempts: Attempt[];
	live: Live[];
	totals: ModelTotals[];
	quarters: QuarterTotals[];
	sessions: SessionTotals[];
	limits: LimitRow[];
	/**
	Thrown by whoever reads, while it is set.
	*/
	broken: Error | undefined;
	/**
	How often each door was used.
	*/
	reads: Record<keyof LogReader, number>;
};

export const standInLog = (given: Partial<StandInLog> = {}): StandInLog => ({
	version: 1,
	revision: 1,
	exchanges: [],
	attempts: [],
	live: [],
	totals: [],
	quarters: [],
	sessions: [],
	limits: [],
	broken: undefined,
	reads: {
		dataVersion: 0,
		attach: 0,
		since: 0,
		live: 0,
		totals: 0,
		quarters: 0,
		sessions: 0,
		limits: 0,
		upkeep: 0,
		close: 0,
	},
	...given,
});

/**
Writes rows as a passthrough would: each with the next revision.
*/
export function write(
	log: StandInLog,
	{
		exchanges = [],
		attempts = [],
	}: {exchanges?: Exchange[]; attempts?: Attempt[]},
): void {
	const revision = ++log.revision;
	log.version++;
	log.exchanges = [
		...log.exchanges.filter(({id}) => exchanges.every((row) => row.id !== id)),
		...exchanges.map((row) => ({...row, revision})),
	];
	log.attempts = [
		...log.attempts.filter(({id}) => attempts.every((row) => row.id !== id)),
		...attempts.map((row) => ({...row, revision})),
	];
}

export function standInReader(log: StandInLog): LogReader {
	const read = (door: keyof LogReader) => {
		log.reads[door]++;
		if (log.broken) {
			throw log.broken;
		}
	};

	return {
		dataVersion() {
			read('dataVersion');
			return log.version;
		},
		attach() {
			read('attach');
			return {
				revision: log.revision,
				exchanges: log.exchanges,
				attempts: log.attempts,
			};
		},
		since(revision) {
			read('since');
			return {
				revision: log.revision,
				exchanges: log.exchanges.filter((row) => row.revision > revision),
				attempts: log.attempts.filter((row) => row.revision > revision),
			};
		},
		live() {
			read('live');
			return log.live;
		},
		totals() {
			read('totals');
			return log.totals;
		},
		quarters() {
			read('quarters');
			return log.quarters;
		},
		sessions() {
			read('sessions');
			return log.sessions;
		},
		upkeep() {
			read('upkeep');
			return undefined;
		},
		limits() {
			read('limits');
			return log.limits;
		},
		close() {
			log.reads.close++;
		},
	};
}

export type StandInWorld = MonitorWorld &
	Readonly<{
		set(state: SupervisorState): void;
		rows: PassthroughRow[];
		stops: number[];
		/**
		What was wished for: the first is change 101.
		*/
		wishes: Wish[];
		/**
		Today's caps as they stand beside the log.
		*/
		caps: Record<string, TodaysCap>;
		decisions: Array<Decision & {exchange: number}>;
		/**
		Monitors that have said that they are there.
		*/
		monitors: Map<string, {heartbeatAt: number; mayDecide: boolean}>;
	}>;

export type Wish = {
	[Name in WishName]: Readonly<{name: Name; value: Wishes[Name]}>;
}[WishName];

export const firstChange = 101;

/**
A world without files and processes. `clock.nowMs` is its clock.
*/
export function standInWorld(
	log: StandInLog | Error,
	{
		clock,
		identity,
		rows,
		stop = async () => undefined,
		refuseWish = () => undefined,
	}: {
		clock: {nowMs: number} | {now(): number};
		identity: Identity;
		rows: PassthroughRow[];
		stop?: () => Promise<void>;
		/**
		Throws where a wish cannot be written.
		*/
		refuseWish?: () => void;
	},
): StandInWorld {
	const listeners = new Set<() => void>();
	const stops: number[] = [];
	const wishes: Wish[] = [];
	const caps: StandInWorld['caps'] = {};
	const decisions: StandInWorld['decisions'] = [];
	const monitors: StandInWorld['monitors'] = new Map();
	let state: SupervisorState = {kind: 'joined', identity};
	return {
		openReader: () => (log instanceof Error ? log : standInReader(log)),
		passthroughs: () => rows,
		now: () => ('now' in clock ? clock.now() : clock.nowMs),
		supervisor: {
			subscribe(listener) {
				listeners.add(listener);
				return () => {
					listeners.delete(listener);
				};
			},
			current: () => state,
			async stopPassthrough() {
				stops.push(1);
				await stop();
			},
		},
		set(next) {
			state = next;
			for (const listener of listeners) {
				listener();
			}
		},
		wish(name, value) {
			refuseWish();
			wishes.push({name, value} as Wish);
			return firstChange - 1 + wishes.length;
		},
		changeCap(key, change) {
			refuseWish();
			caps[key] = change(caps[key]);
			wishes.push({name: 'caps', value: {...caps}});
			return firstChange - 1 + wishes.length;
		},
		decide(exchange, decision) {
			refuseWish();
			decisions.push({exchange, ...decision});
		},
		announce({id, ...presence}) {
			monitors.set(id, presence);
		},
		leave(id) {
			monitors.delete(id);
		},
		caps,
		decisions,
		monitors,
		rows,
		stops,
		wishes,
	};
}
