import type {PassthroughRow} from '../control/passthrough-row.js';
import type {WishName, Wishes} from '../control/steering.js';
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
	supervisor: Supervisor;
	/**
	Epoch milliseconds.
	*/
	now(): number;
}>;
