import type Database from 'better-sqlite3';
import {LogFile, type LogFileOptions} from './log-file.js';
import {codeOf, isBusy, isCorrupt, troubleInWords} from './trouble.js';

/**
Something to write. Runs inside a transaction, and again if that was rolled back.
*/
export type Job<Statements> = Readonly<{
	/**
	Whether it runs a single statement: that is a transaction by itself.
	*/
	isSingle(): boolean;
	write(statements: Statements): void;
	/**
	Called once: true when committed, false when the wait for a commit was given up.
	*/
	done(recorded: boolean): void;
}>;

type Queued<Statements> = {job: Job<Statements>; answered: boolean};

/**
Why and since when nothing can be written.
*/
export type Trouble = Readonly<{sinceMs: number; reason: string}>;

export type WriteQueueOptions<Statements> = LogFileOptions<Statements> &
	Readonly<{
		/**
		Told of a job that can never be written: a bug of ours.
		*/
		onPoison(error: unknown): void;
	}>;

/**
How long an exchange waits for its row before it goes on unrecorded.
*/
const patienceMs = 2000;
/**
Rows that wait in memory for a disk to come back.
*/
const longestQueue = 50_000;

/**
Writes jobs in order, all those of one turn of the event loop in one transaction. While the file is
busy, full or gone they wait in memory and are tried again; after two seconds those who wait for
their commit are told that it was not recorded, and go on.
*/
export class WriteQueue<Statements> {
	readonly #options: WriteQueueOptions<Statements>;
	readonly #file: LogFile<Statements>;
	#queue: Array<Queued<Statements>> = [];
	#scheduled: NodeJS.Immediate | undefined;
	#retry: NodeJS.Timeout | undefined;
	#giveUp: NodeJS.Timeout | undefined;
	#failures = 0;
	#trouble: Trouble | undefined;
	#notRecording = false;
	#closed = false;

	constructor(options: WriteQueueOptions<Statements>) {
		this.#options = options;
		this.#file = new LogFile(options);
		try {
			this.#file.open();
		} catch (error) {
			// Nobody has waited yet, and nobody shall.
			this.#notRecording = true;
			this.#fail(error);
		}
	}

	/**
	Grows each time another file takes the place of the log: ids of an older one mean nothing.
	*/
	get generation(): number {
		return this.#file.generation;
	}

	/**
	Set once rows have waited longer than anybody should wait for them.
	*/
	get trouble(): Trouble | undefined {
		return this.#notRecording ? this.#trouble : undefined;
	}

	get path(): string {
		return this.#options.path;
	}

	push(job: Job<Statements>): void {
		const queued = {job, answered: false};
		if (this.#queue.length >= longestQueue) {
			answer(this.#queue.shift()!, false);
		}

		this.#queue.push(queued);
		if (this.#notRecording) {
			answer(queued, false);
		}

		if (this.#scheduled === undefined && this.#retry === undefined) {
			this.#scheduled = setImmediate(this.#flush);
		}
	}

	/**
	Writes at once what waits, as well as it can be done now.
	*/
	flush(): void {
		this.#flush();
	}

	/**
	Runs something beside the queue in a transaction of its own: what is not worth keeping when it
	fails. Answers whether it was committed.
	*/
	attempt(
		write: (statements: Statements, db: Database.Database) => void,
	): boolean {
		if (this.#closed || this.#retry !== undefined) {
			return false;
		}

		try {
			this.#file.checkPlace();
			this.#file.transact(write);
			return true;
		} catch (error) {
			this.#fail(error);
			return false;
		}
	}

	/**
	Reads beside the queue. Undefined while the file cannot be read.
	*/
	look<Found>(
		read: (db: Database.Database, generation: number) => Found,
	): Found | undefined {
		if (this.#closed || this.#retry !== undefined) {
			return undefined;
		}

		try {
			return this.#file.look(read);
		} catch {
			// Whoever writes next meets the same trouble, and tells of it.
			return undefined;
		}
	}

	/**
	Runs what every file that is opened has to stand, before anybody waits for a row: where it fails, so did the
	opening.
	*/
	insist(run: (statements: Statements) => void): void {
		if (this.#closed || this.#retry !== undefined) {
			return;
		}

		try {
			this.#file.insist(run);
		} catch (error) {
			this.#file.close();
			this.#notRecording = true;
			this.#fail(error);
		}
	}

	/**
	Writes what waits and closes the file. Answers how many rows could not be written.
	*/
	close(): number {
		clearTimeout(this.#retry);
		clearTimeout(this.#giveUp);
		this.#retry = undefined;
		this.#flush();
		this.#closed = true;
		clearTimeout(this.#retry);
		clearTimeout(this.#giveUp);
		clearImmediate(this.#scheduled);
		this.#file.close();
		for (const queued of this.#queue) {
			answer(queued, false);
		}

		return this.#queue.length;
	}

	readonly #flush = (): void => {
		clearImmediate(this.#scheduled);
		this.#scheduled = undefined;
		if (this.#closed || this.#queue.length === 0) {
			return;
		}

		const batch = this.#queue;
		this.#queue = [];
		try {
			this.#writeAll(batch);
		} catch (error) {
			this.#queue = batch.concat(this.#queue);
			if (isOurBug(error)) {
				this.#writeOneByOne();
			} else {
				this.#fail(error);
			}

			return;
		}

		this.#recovered();
		for (const queued of batch) {
			answer(queued, true);
		}
	};

	#writeAll(batch: ReadonlyArray<Queued<Statements>>): void {
		if (batch.length === 1 && batch[0]!.job.isSingle() && this.#file.isOpen) {
			this.#file.writeOne(batch[0]!.job.write);
			return;
		}

		this.#file.transact((statements) => {
			for (const {job} of batch) {
				job.write(statements);
			}
		});
	}

	/**
	One job among many cannot be written, ever: the others must not suffer for it.
	*/
	#writeOneByOne(): void {
		const batch = this.#queue;
		this.#queue = [];
		for (const [index, queued] of batch.entries()) {
			try {
				this.#file.transact(queued.job.write);
				answer(queued, true);
			} catch (error) {
				if (!isOurBug(error)) {
					this.#queue = batch.slice(index).concat(this.#queue);
					this.#fail(error);
					return;
				}

				this.#options.onPoison(error);
				answer(queued, false);
			}
		}

		this.#recovered();
	}

	#fail(error: unknown): void {
		this.#failures++;
		this.#trouble = {
			sinceMs: this.#trouble?.sinceMs ?? this.#options.now(),
			reason: troubleInWords(error),
		};
		if (isCorrupt(error)) {
			this.#file.moveBroken();
		}

		const longest = isBusy(error) ? 250 : 500;
		this.#retry ??= setTimeout(
			() => {
				this.#retry = undefined;
				this.#tryAgain();
			},
			Math.min(longest, 5 * 2 ** Math.min(10, this.#failures)),
		).unref();
		if (!this.#notRecording) {
			this.#giveUp ??= setTimeout(() => {
				this.#giveUp = undefined;
				this.#notRecording = true;
				for (const queued of this.#queue) {
					answer(queued, false);
				}
			}, patienceMs).unref();
		}
	}

	#tryAgain(): void {
		// The trouble may have been ended by taking the file away.
		this.#file.checkPlace();
		if (this.#queue.length > 0) {
			this.#flush();
			return;
		}

		try {
			this.#file.transact(() => undefined);
			this.#recovered();
		} catch (error) {
			this.#fail(error);
		}
	}

	#recovered(): void {
		if (this.#trouble === undefined) {
			return;
		}

		clearTimeout(this.#giveUp);
		this.#giveUp = undefined;
		this.#failures = 0;
		this.#trouble = undefined;
		this.#notRecording = false;
	}
}

function answer(queued: Queued<unknown>, recorded: boolean): void {
	if (queued.answered) {
		return;
	}

	queued.answered = true;
	queued.job.done(recorded);
}

/**
Disks fill and locks are held; a wrong type or a broken constraint is nobody's fault but ours.
*/
function isOurBug(error: unknown): boolean {
	const code = codeOf(error);
	return (
		(!code.startsWith('SQLITE_') && !/^E[A-Z]+$/v.test(code)) ||
		/^SQLITE_(?:CONSTRAINT|MISMATCH|RANGE|ERROR|TOOBIG)/v.test(code)
	);
}
