import type Database from 'better-sqlite3';
import type {Live} from '../exchange/exchange.js';
import {Admission} from './admission.js';
import {
	beginningColumns,
	endColumns,
	isUsual,
	usualEndColumns,
	liveColumns,
	pushValues,
} from './columns.js';
import {LimitsBook, type ChangedLimits} from './limits.js';
import {Statements} from './recorder-statements.js';
import type {
	Asking,
	Done,
	ExchangeFacts,
	Moved,
	Recording,
} from './recording.js';
import type {SqlValue} from './row.js';
import {writeMoved} from './write-moved.js';
import {WriteQueue, type Trouble} from './write-queue.js';

export type RecorderOptions = Readonly<{
	path: string;
	/**
	Who writes: the instance of the passthrough, put on every row.
	*/
	owner: string;
	now(): number;
	onMovedAside?(name: string): void;
	/**
	Another log has taken the place of the one that was written, and nothing was asked of it yet.
	*/
	onReplaced?(db: Database.Database): void;
	onPoison?(error: unknown): void;
}>;

const always = (): boolean => true;
const never = (): boolean => false;

/**
Writes what happens to exchanges. A row is begun before anything is sent upstream and ended before
the end of the answer is handed over: `done` says when that is safe.
*/
export class Recorder {
	readonly #owner: string;
	readonly #queue: WriteQueue<Statements>;
	readonly #open = new Set<Recording>();
	readonly #limits = new LimitsBook();
	/**
	Statements are made ready with each log that is opened from now on.
	*/
	#isWarm = false;
	/**
	The generation of the log that all open exchanges have a row in.
	*/
	#beganIn = 1;
	/**
	Those whose row was written anew in the transaction under way.
	*/
	#restored: Recording[] = [];

	constructor(options: RecorderOptions) {
		this.#owner = options.owner;
		this.#queue = new WriteQueue<Statements>({
			path: options.path,
			now: options.now,
			prepare: (db, generation) => {
				if (generation > 1) {
					options.onReplaced?.(db);
				}

				const statements = new Statements(db, generation, options.owner);
				if (this.#isWarm) {
					statements.warm();
				}

				return statements;
			},
			onMovedAside: options.onMovedAside ?? (() => undefined),
			onPoison: options.onPoison ?? (() => undefined),
			onSettled: (committed) => {
				this.#settle(committed);
			},
		});
	}

	get trouble(): Trouble | undefined {
		return this.#queue.trouble;
	}

	get path(): string {
		return this.#queue.path;
	}

	/**
	Begins the row of an exchange; `attempts` is 1 where its first attempt begins with it.
	*/
	begin(facts: ExchangeFacts, done: Done): Recording {
		const recording = this.#newRecording(facts);
		this.#queue.push({
			isSingle: always,
			write: (statements) => {
				this.#insert(statements, recording);
			},
			done,
		});
		return recording;
	}

	/**
	What happens between beginning and end: the attempt under way ends, the exchange is held, the next
	attempt begins; any of these together.
	*/
	move(
		recording: Recording,
		{ended, held, next}: Moved,
		done: Done = () => undefined,
	): void {
		const before = recording.beginning;
		const number = recording.attempts;
		recording.attempts += next === undefined ? 0 : 1;
		recording.beginning = {
			...before,
			...(ended && {attemptStartedAt: null}),
			...held,
			...(next && {...next, state: 'waiting', attempts: number + 1}),
		};
		this.#queue.push({
			isSingle: never,
			write: (statements) => {
				this.#present(statements, recording);
				writeMoved(statements, recording, {
					ended,
					number,
					before,
					owner: this.#owner,
				});
			},
			done,
		});
	}

	/**
	As `begin` (without a `recording`, from `facts`) and `move`, for a request that goes on only if its
	key's cap lets it: else its row says that it is held.
	*/
	admit(
		recording: Recording | undefined,
		facts: ExchangeFacts,
		{question, ...moved}: Asking,
		done: Done,
	): Recording {
		const one = recording ?? this.#newRecording(facts);
		const admission = new Admission(one, moved, question);
		this.#queue.push({
			isSingle: never,
			write: (statements) => {
				admission.decide(statements);
				if (recording === undefined) {
					this.#insert(statements, one);
				} else {
					this.#present(statements, one);
					writeMoved(statements, one, {...admission, owner: this.#owner});
				}

				admission.reserve(statements);
			},
			done,
		});
		return one;
	}

	/**
	Writes the final row. `end` holds every fact; what it leaves out becomes not known.
	*/
	finish(recording: Recording, end: ExchangeFacts, done: Done): void {
		const limits = this.#changedLimits(recording, end);
		this.#queue.push({
			isSingle: () => !recording.hasLive && limits === undefined,
			write: (statements) => {
				this.#present(statements, recording);
				const values: SqlValue[] = [];
				// A row that is corrected may have to lose what it said before.
				const isPlain = !recording.hasEnded && isUsual(end);
				pushValues(values, isPlain ? usualEndColumns : endColumns, end);
				values.push(recording.id!);
				statements.of(isPlain ? 'usualEnd' : 'end').run(values);
				if (recording.hasLive) {
					statements.of('dropLive').run(recording.id);
				}

				if (limits !== undefined) {
					statements.limits(limits);
				}

				// Should this be rolled back, nobody asks for the open ones before it is written again.
				this.#open.delete(recording);
				recording.hasEnded = true;
			},
			done,
		});
	}

	/**
	Writes the progress of open exchanges, and what else there is to say, in one transaction; what
	cannot be written now is not kept. Answers whether it was written.
	*/
	progress(
		lines: ReadonlyArray<readonly [Recording, Omit<Live, 'id' | 'owner'>]>,
		also?: (db: Database.Database) => void,
	): boolean {
		const isWritten = this.#queue.attempt((statements, db) => {
			if (this.#beganIn !== statements.generation) {
				this.#beginAgain(statements);
			}

			for (const [recording, line] of lines) {
				if (!(isIn(recording, statements) && this.#open.has(recording))) {
					continue;
				}

				const values: SqlValue[] = [recording.id!];
				pushValues(values, liveColumns, {...line, owner: this.#owner});
				statements.of('live').run(values);
				recording.hasLive = true;
			}

			for (const late of this.#limits.late()) {
				statements.limits(late);
			}

			statements
				.of('openFrom')
				.run(this.#openFrom(statements) ?? null, this.#owner);
			also?.(db);
		});
		if (isWritten) {
			this.#beganIn = this.#queue.generation;
		}

		return isWritten;
	}

	/**
	Makes ready all that is written with, so that no exchange waits for it. To be called before the first one: a
	log that it cannot be done with is none that we can write to, and that has to be known.
	*/
	warm(): void {
		this.#isWarm = true;
		this.#queue.insist((statements) => {
			statements.warm();
		});
	}

	/**
	Reads beside the queue, without waiting. Undefined while the log cannot be read.
	*/
	look<Found>(
		read: (db: Database.Database, generation: number) => Found,
	): Found | undefined {
		return this.#queue.look(read);
	}

	/**
	Writes what waits and closes the file. Answers how many rows could not be written.
	*/
	close(): number {
		this.#queue.flush();
		this.#queue.attempt((statements) => {
			if (this.#open.size === 0) {
				statements.of('leave').run(this.#owner);
			}
		});
		return this.#queue.close();
	}

	#newRecording(facts: ExchangeFacts): Recording {
		const recording: Recording = {
			id: undefined,
			generation: 0,
			beginning: facts,
			attempts: facts.attempts ?? 0,
			credential: '',
			hasLive: false,
			hasEnded: false,
			reservation: undefined,
		};
		this.#open.add(recording);
		return recording;
	}

	#changedLimits(
		recording: Recording,
		{rateLimits, firstByteAt, endedAt}: ExchangeFacts,
	): ChangedLimits | undefined {
		const {endpoint} = recording.beginning;
		return rateLimits && endpoint
			? this.#limits.changed(
					{
						endpoint,
						credential: recording.credential,
						limits: rateLimits,
						seenAt: firstByteAt ?? endedAt ?? 0,
						exchange: recording,
					},
					this.#queue.generation,
				)
			: undefined;
	}

	#openFrom(statements: Statements): number | undefined {
		let lowest: number | undefined;
		for (const recording of this.#open) {
			if (isIn(recording, statements) && recording.id! < (lowest ?? Infinity)) {
				lowest = recording.id;
			}
		}

		return lowest;
	}

	/**
	After a new log has taken the place of a lost one, its open exchanges begin there again.
	*/
	#beginAgain(statements: Statements): void {
		for (const recording of this.#open) {
			// One without an id has its beginning still to be written.
			if (recording.id !== undefined) {
				this.#present(statements, recording);
			}
		}
	}

	/**
	One that goes on before that begins there by itself.
	*/
	#present(statements: Statements, recording: Recording): void {
		if (isIn(recording, statements)) {
			return;
		}

		this.#insert(statements, recording);
		if (recording.reservation !== undefined) {
			statements.reserve(recording.id!, recording.reservation);
		}

		this.#restored.push(recording);
	}

	/**
	What was rolled back is not there: it begins again with whatever is written of it next.
	*/
	#settle(committed: boolean): void {
		if (this.#restored.length === 0) {
			return;
		}

		if (!committed) {
			for (const recording of this.#restored) {
				recording.generation = 0;
			}
		}

		this.#restored = [];
	}

	#insert(statements: Statements, recording: Recording): void {
		const values: SqlValue[] = [];
		pushValues(values, beginningColumns, recording.beginning);
		recording.id = Number(statements.of('begin').run(values).lastInsertRowid);
		recording.generation = statements.generation;
		recording.hasLive = false;
	}
}

const isIn = (recording: Recording, {generation}: Statements): boolean =>
	recording.id !== undefined && recording.generation === generation;
