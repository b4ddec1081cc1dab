import fs from 'node:fs';
import {Worker} from 'node:worker_threads';

/**
Above this size the write-ahead log is folded into the file although requests are running.
*/
const walLimitBytes = 64 * 1024 * 1024;
/**
Below this size it is not worth the trouble, idle or not.
*/
const worthwhileBytes = 1024 * 1024;

const workerFile = new URL(
	import.meta.url.endsWith('.ts')
		? 'checkpoint-worker.ts'
		: 'checkpoint-worker.js',
	import.meta.url,
);

/**
Folds the write-ahead log into the file, in a thread of its own so that no request waits for the
disk. To be called now and then; does nothing while it is not needed or still at it.
*/
export class Checkpointer {
	readonly #path: string;
	#worker: Worker | undefined;

	constructor(path: string) {
		this.#path = path;
	}

	get busy(): boolean {
		return this.#worker !== undefined;
	}

	consider({idle}: {idle: boolean}): void {
		const size =
			fs.statSync(`${this.#path}-wal`, {throwIfNoEntry: false})?.size ?? 0;
		if (!this.busy && size > (idle ? worthwhileBytes : walLimitBytes)) {
			this.#start(idle);
		}
	}

	async close(): Promise<void> {
		await this.#worker?.terminate();
	}

	#start(idle: boolean): void {
		const worker = new Worker(workerFile, {
			workerData: {path: this.#path, truncate: idle},
			execArgv: [],
		});
		this.#worker = worker;
		worker.unref();
		// It is tried again at the next look: a checkpoint that failed has lost nothing.
		worker.on('error', () => undefined);
		worker.on('exit', () => {
			this.#worker = undefined;
		});
	}
}
