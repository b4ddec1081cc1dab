import {LogThread} from './log-thread.js';

const everyMs = 86_400_000;
/**
After a start, others come first.
*/
const firstAfterMs = 10_000;

/**
Puts a log in order once a day, in a thread of its own so that no request waits for it: see upkeep.ts.
*/
export class UpkeepThread {
	readonly #path: string;
	readonly #keepMs: number | undefined;
	readonly #onError: (error: unknown) => void;
	readonly #thread = new LogThread('upkeep-worker');
	#dueAt: number | undefined;

	constructor({
		path,
		keepMs,
		onError,
	}: {
		path: string;
		keepMs: number | undefined;
		onError(error: unknown): void;
	}) {
		this.#path = path;
		this.#keepMs = keepMs;
		this.#onError = onError;
	}

	get busy(): boolean {
		return this.#thread.busy;
	}

	/**
	To be called now and then, with the time in epoch milliseconds; does nothing while it is not due.
	*/
	consider(nowMs: number): void {
		this.#dueAt ??= nowMs + firstAfterMs;
		if (this.busy || nowMs < this.#dueAt) {
			return;
		}

		this.#dueAt = nowMs + everyMs;
		const pruneBeforeMs =
			this.#keepMs === undefined ? undefined : nowMs - this.#keepMs;
		this.#thread.start({path: this.#path, pruneBeforeMs}, this.#onError);
	}

	async close(): Promise<void> {
		await this.#thread.close();
	}
}
