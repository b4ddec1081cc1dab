import {Worker} from 'node:worker_threads';

/**
One thing at a time that is done to a log, in a thread of its own so that no request waits for it.
*/
export class LogThread {
	readonly #file: URL;
	#worker: Worker | undefined;

	/**
	`name` is the worker's file beside this one, without its ending.
	*/
	constructor(name: string) {
		const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
		this.#file = new URL(`${name}.${ending}`, import.meta.url);
	}

	get busy(): boolean {
		return this.#worker !== undefined;
	}

	start(
		workerData: Readonly<Record<string, unknown>>,
		onError: (error: unknown) => void = () => undefined,
	): void {
		const worker = new Worker(this.#file, {workerData, execArgv: []});
		this.#worker = worker;
		worker.unref();
		// It is tried again another time: every step is whole, and one that failed has lost nothing.
		worker.on('error', onError);
		worker.on('exit', () => {
			this.#worker = undefined;
		});
	}

	async close(): Promise<void> {
		await this.#worker?.terminate();
	}
}
