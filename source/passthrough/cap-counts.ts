import type Database from 'better-sqlite3';
import type {CapDay} from '../calendar/cap-day.js';
import {carry, readStanding, type Standing} from '../usage-log/ledger.js';
import {openLogReadonly} from '../usage-log/open-readonly.js';
import type {Recorder} from '../usage-log/recorder.js';

export type CapCountsOptions = Readonly<{
	recorder: Pick<Recorder, 'look' | 'path'>;
	now(): number;
}>;

const nothing: Standing = {
	nanodollars: 0,
	tokens: 0,
	unpriced: 0,
	reservedNanodollars: 0,
	reservedTokens: 0,
	underWay: 0,
};

/**
What each key has used of its day, as last read from the log: for when that cannot be read or written, and
for a new one that knows of nothing.
*/
export class CapCounts {
	readonly #options: CapCountsOptions;
	readonly #known = new Map<
		string,
		Readonly<{day: CapDay; standing: Standing}>
	>();

	/**
	Let through while nothing could be written.
	*/
	readonly #unrecorded = new Map<
		string,
		{nanodollars: number; tokens: number}
	>();

	constructor(options: CapCountsOptions) {
		this.#options = options;
	}

	/**
	How a key stands in the log now, or as it was last known.
	*/
	read(key: string, day: CapDay): Standing {
		const standing = this.#options.recorder.look((db) =>
			readStanding(db, {key, ...day}),
		);
		if (standing !== undefined) {
			this.#known.set(key, {day, standing});
		}

		return this.lastKnown(key, day);
	}

	/**
	How a key stood when it was last read, and what it was let have since without a row.
	*/
	lastKnown(key: string, day: CapDay): Standing {
		const known = this.#knownOf(key) ?? this.#recall(key, day) ?? nothing;
		const more = this.#unrecorded.get(key);
		return more === undefined
			? known
			: {
					...known,
					nanodollars: known.nanodollars + more.nanodollars,
					tokens: known.tokens + more.tokens,
				};
	}

	noteUnrecorded(key: string, nanodollars: number, tokens: number): void {
		const more = this.#unrecorded.get(key) ?? {nanodollars: 0, tokens: 0};
		more.nanodollars += nanodollars;
		more.tokens += tokens;
		this.#unrecorded.set(key, more);
	}

	/**
	All that was let through stands in the log by now, or belongs to another day.
	*/
	forgetUnrecorded(): void {
		this.#unrecorded.clear();
	}

	/**
	Another log has taken the place of the one that was written: what it does not know of today goes on to
	count. Runs before anything is asked of it.
	*/
	carryTo(db: Database.Database): void {
		for (const [key, {day, standing}] of this.#known) {
			if (this.#options.now() < day.to) {
				carry(db, {key, ...day}, standing);
			}
		}
	}

	#knownOf(key: string): Standing | undefined {
		const known = this.#known.get(key);
		return known !== undefined && this.#options.now() < known.day.to
			? known.standing
			: undefined;
	}

	/**
	A log that cannot be written, as on a full disk, may still tell what was spent before we started.
	*/
	#recall(key: string, day: CapDay): Standing | undefined {
		try {
			using opened = openLogReadonly(this.#options.recorder.path);
			const standing = readStanding(opened.db, {key, ...day});
			this.#known.set(key, {day, standing});
			return standing;
		} catch {
			return undefined;
		}
	}
}
