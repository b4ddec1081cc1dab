import {Worker} from 'node:worker_threads';

const everyMs = 86_400_000;
/**
After a start, others come first.
*/
const firstAfterMs = 10_000;

const workerFile = new URL(
	import.meta.url.endsWith('.ts') ? 'upkeep-worker.ts' : 'upkeep-worker.js',
	import.meta.url,
);

/**
Puts a log in order once a day, in a thread of its own so that no request waits for it: see upkeep.ts.
*/
export class UpkeepThread {
	readonly #path: string;
	readonly #keepMs: number | undefined;
	#worker: Worker | undefined;
	#dueAt: number | undefined;

	constructor({path, keepMs}: {path: string; keepMs: number | undefined}) {
		this.#path = path;
		this.#keepMs = keepMs;
	}

	get busy(): boolean {
		return this.#worker !== undefined;
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
		this.#start(this.#keepMs === undefined ? undefined : nowMs - this.#keepMs);
	}

	async close(): Promise<void> {
		await this.#worker?.terminate();
	}

	#start(pruneBeforeMs: number | undefined): void {
		const worker = new Worker(workerFile, {
			workerData: {path: this.#path, pruneBeforeMs},
			execArgv: [],
		});
		this.#worker = worker;
		worker.unref();
		// What it did not do it does tomorrow: every step is whole.
		worker.on('error', () => undefined);
		worker.on('exit', () => {
			this.#worker = undefined;
		});
	}
}
