import process from 'node:process';
import type Database from 'better-sqlite3';
import {
	buryTheDead,
	preparePassthroughs,
	publish,
} from '../control/passthroughs.js';
import type {PassthroughRow} from '../control/passthrough-row.js';
import {Checkpointer} from '../usage-log/checkpoint.js';
import type {Recorder} from '../usage-log/recorder.js';
import {troubleInWords} from '../usage-log/trouble.js';
import {UpkeepThread} from '../usage-log/upkeep-thread.js';
import {isRunning} from '../control/is-running.js';
import type {OpenExchange} from './open-exchange.js';

export type BeatOptions = Readonly<{
	recorder: Recorder;
	open: ReadonlySet<OpenExchange>;
	now(): number;
	/**
	When the last exchange began.
	*/
	lastBusyAt(): number;
	/**
	How long exchanges are kept in the log.
	*/
	keepMs: number;
	/**
	What the passthrough says of itself now.
	*/
	row(): PassthroughRow;
}>;

const progressMs = 250;
const heartbeatMs = 1000;
const surveyMs = 10_000;
/**
So long after the last exchange nobody is likely to come while the disk is busy.
*/
const idleAfterMs = 10_000;
/**
Short exchanges are over before anybody could have seen their progress.
*/
const youngestMs = 200;

/**
The pulse of a passthrough: the progress of open exchanges four times a second, its heartbeat every
second, and every ten a look for owners that died without a word. Once a day it has the log put in order.
*/
export class Beat {
	readonly #options: BeatOptions;
	readonly #checkpointer: Checkpointer;
	readonly #upkeep: UpkeepThread;
	#timer: NodeJS.Timeout | undefined;
	#heartbeatAt = 0;
	#surveyAt = 0;
	#preparedFor: unknown;

	constructor(options: BeatOptions) {
		this.#options = options;
		this.#checkpointer = new Checkpointer(options.recorder.path);
		this.#upkeep = new UpkeepThread({
			path: options.recorder.path,
			keepMs: options.keepMs,
			onError(error) {
				const reason = troubleInWords(error);
				process.stderr.write(
					`The usage log could not be put in order: ${reason}. It is tried again in a day. "tollgate log check" tells whether it is whole.\n`,
				);
			},
		});
	}

	start(): void {
		this.tick();
		this.#timer = setInterval(() => {
			this.tick();
		}, progressMs);
	}

	/**
	A last word, so that everybody knows it left of its own will.
	*/
	async stop(): Promise<void> {
		clearInterval(this.#timer);
		this.tellNow();
		await this.#checkpointer.close();
		await this.#upkeep.close();
	}

	/**
	Says what it has to say of itself at once.
	*/
	tellNow(): void {
		this.#heartbeatAt = 0;
		this.tick();
	}

	tick(): void {
		const {open, recorder, now, lastBusyAt} = this.#options;
		const at = now();
		const isBeatDue = at - this.#heartbeatAt >= heartbeatMs - progressMs / 2;
		const moving = [...open].filter(
			(exchange) => exchange.hasMoved && at - exchange.startedAt > youngestMs,
		);
		if (moving.length === 0 && !isBeatDue) {
			return;
		}

		const lines = moving.flatMap((exchange) =>
			exchange.recording === undefined
				? []
				: [[exchange.recording, exchange.progress()] as const],
		);
		const isWritten = recorder.progress(
			lines,
			isBeatDue
				? (db) => {
						this.#beat(db, at);
					}
				: undefined,
		);
		if (!isWritten) {
			for (const exchange of moving) {
				exchange.hasMoved = true;
			}
		}

		if (!(isBeatDue && isWritten)) {
			return;
		}

		this.#heartbeatAt = at;
		this.#checkpointer.consider({
			idle: open.size === 0 && at - lastBusyAt() > idleAfterMs,
		});
		this.#upkeep.consider(at);
	}

	#beat(db: Database.Database, at: number): void {
		if (this.#preparedFor !== db) {
			preparePassthroughs(db);
			this.#preparedFor = db;
		}

		const row = this.#options.row();
		publish(db, row);
		if (!(at - this.#surveyAt >= surveyMs)) {
			return;
		}

		this.#surveyAt = at;
		buryTheDead(db, {
			now: at,
			instance: row.instance,
			home: row.home,
			isRunning,
		});
	}
}
