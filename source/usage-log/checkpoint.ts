import fs from 'node:fs';
import {LogThread} from './log-thread.js';

/**
Above this size the write-ahead log is folded into the file although requests are running.
*/
const walLimitBytes = 64 * 1024 * 1024;
/**
Below this size it is not worth the trouble, idle or not.
*/
const worthwhileBytes = 1024 * 1024;

/**
Folds the write-ahead log into the file, in a thread of its own so that no request waits for the
disk. To be called now and then; does nothing while it is not needed or still at it.
*/
export class Checkpointer {
	readonly #path: string;
	readonly #thread = new LogThread('checkpoint-worker');

	constructor(path: string) {
		this.#path = path;
	}

	get busy(): boolean {
		return this.#thread.busy;
	}

	consider({idle}: {idle: boolean}): void {
		const size =
			fs.statSync(`${this.#path}-wal`, {throwIfNoEntry: false})?.size ?? 0;
		if (!this.busy && size > (idle ? worthwhileBytes : walLimitBytes)) {
			this.#thread.start({path: this.#path, truncate: idle});
		}
	}

	async close(): Promise<void> {
		await this.#thread.close();
	}
}
