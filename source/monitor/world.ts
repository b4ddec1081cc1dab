import type {PassthroughRow} from '../control/passthrough-row.js';
import type {Decision} from '../control/decisions.js';
import type {TodaysCap, WishName, Wishes} from '../control/steering.js';
import type {LogReader} from '../usage-log/news.js';
import type {Supervisor} from './supervisor-state.js';

/**
All that the monitor meets outside itself.
*/
export type MonitorWorld = Readonly<{
	/**
	May fail at first (no log yet, a log that cannot be read); asked again then.
	*/
	openReader(): LogReader | Error;
	/**
	What passthroughs of this home say of themselves; the newest is ours. Read-only and cheap.
	*/
	passthroughs(): readonly PassthroughRow[];
	/**
	Writes beside the log what shall be in force, and answers the number of the change. Throws where it
	cannot be written, with SQLite's error as the cause; soon, since nothing is drawn meanwhile. A monitor
	that only looks has none.
	*/
	wish?: <Name extends WishName>(
		name: Name,
		value: Wishes[Name],
		reason?: string,
	) => number;
	/**
	Changes today's cap of a key from what it is when nobody else can write; answers and throws as `wish`.
	*/
	changeCap?: (
		key: string,
		change: (before: TodaysCap | undefined) => TodaysCap,
	) => number;
	/**
	Writes what becomes of a request that is held at a cap; throws as `wish`.
	*/
	decide?: (exchange: number, decision: Decision) => void;
	/**
	Says beside the log that this monitor is there, at `heartbeatAt` in epoch milliseconds, and whether it
	can answer. Throws where it cannot be written.
	*/
	announce?: (
		presence: Readonly<{id: string; heartbeatAt: number; mayDecide: boolean}>,
	) => void;
	/**
	Takes that back.
	*/
	leave?: (id: string) => void;
	supervisor: Supervisor;
	/**
	Epoch milliseconds.
	*/
	now(): number;
}>;
