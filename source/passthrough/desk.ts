import {isDecided, readMonitors} from '../control/presence.js';
import {readDecisions} from '../control/decisions.js';
import type {Recorder} from '../usage-log/recorder.js';
import {writtenMark} from '../usage-log/written-mark.js';
import type {Asked} from './asked.js';
import type {Caps} from './caps.js';
import type {Orders} from './orders.js';

export type DeskOptions = Readonly<{
	home: string;
	recorder: Pick<Recorder, 'look'>;
	caps: Caps;
	asked: Asked;
	orders: Orders;
	now(): number;
}>;

/**
Where what others write about requests under way is taken from the log: orders, decisions on those at a cap,
who is there to decide, and what another passthrough has used or let go of the same keys.
*/
export class Desk {
	readonly #options: DeskOptions;
	#seen: string | undefined;
	#lookedAt = 0;

	constructor(options: DeskOptions) {
		this.#options = options;
	}

	/**
	Whether a monitor is there that may decide.
	*/
	isSomebodyThere(): boolean {
		const {recorder, home, now} = this.#options;
		return (
			recorder.look((db) => isDecided(readMonitors(db, home), now())) ?? false
		);
	}

	/**
	To be called ten times a second.
	*/
	poll(): void {
		const {caps, asked, orders, now} = this.#options;
		if (caps.poll()) {
			this.again();
		}

		if (asked.isEmpty && !caps.isWaitedFor && orders.isIdle) {
			return;
		}

		// A monitor that is gone writes nothing.
		const isDue = Math.abs(now() - this.#lookedAt) >= 1000;
		if (!(this.#hasChanged() || isDue)) {
			return;
		}

		this.#lookedAt = now();
		this.#take();
		caps.call();
	}

	/**
	Something else is in force.
	*/
	again(): void {
		this.#options.asked.again();
		this.#options.caps.call();
	}

	#take(): void {
		const {recorder, home, asked, orders} = this.#options;
		if (asked.isEmpty && orders.isIdle) {
			return;
		}

		const found = recorder.look((db, generation) => ({
			decisions: readDecisions(db, home),
			generation,
		}));
		if (found === undefined) {
			return;
		}

		orders.take(found.decisions, found.generation);
		if (!asked.isEmpty) {
			asked.take(found.decisions, this.isSomebodyThere());
		}
	}

	#hasChanged(): boolean {
		const seen = this.#options.recorder.look(writtenMark);
		const hasChanged = seen !== undefined && seen !== this.#seen;
		this.#seen = seen;
		return hasChanged;
	}
}
