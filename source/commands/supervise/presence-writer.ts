import {openControl, type Control} from '../../control/wish.js';
import type {MonitorRow} from '../../control/presence.js';
import {inodeOf} from '../../usage-log/inode.js';

/**
Says beside the log that a monitor is there. It does so every few seconds all day, so it keeps the log open until
another file has taken its place.
*/
export class PresenceWriter {
	readonly #log: () => string;
	readonly #waitMs: number;
	#opened:
		| Readonly<{control: Control; path: string; inode: number | undefined}>
		| undefined;

	/**
	`log` answers the path of the usage log that counts now; `waitMs` is how long another writer is waited for.
	*/
	constructor(log: () => string, waitMs: number) {
		this.#log = log;
		this.#waitMs = waitMs;
	}

	/**
	Throws a UserError where it cannot be written; the next call tries anew.
	*/
	announce(monitor: MonitorRow): void {
		this.#trying((control) => {
			control.announce(monitor);
		});
	}

	/**
	Takes back what was said, and lets go of the log. Throws as `announce` does.
	*/
	leave(id: string): void {
		try {
			this.#trying((control) => {
				control.leave(id);
			});
		} finally {
			this.#close();
		}
	}

	#trying(act: (control: Control) => void): void {
		try {
			act(this.#open());
		} catch (error) {
			this.#close();
			throw error;
		}
	}

	#open(): Control {
		const path = this.#log();
		const inode = inodeOf(path);
		if (this.#opened?.path !== path || this.#opened.inode !== inode) {
			this.#close();
			const control = openControl(path, {waitMs: this.#waitMs});
			this.#opened = {control, path, inode};
		}

		return this.#opened.control;
	}

	#close(): void {
		this.#opened?.control[Symbol.dispose]();
		this.#opened = undefined;
	}
}
