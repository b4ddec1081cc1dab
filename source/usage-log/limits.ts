import type Database from 'better-sqlite3';
import {limitWindows, type LimitWindow} from '../exchange/limit-windows.js';
import type {RateLimits} from '../exchange/usage.js';

/**
What is known of one limit of an endpoint: the last answer that told of it.
*/
export type LimitRow = LimitWindow &
	Readonly<{
		endpoint: string;
		/**
		Tells credentials apart and nothing else of them: empty for the endpoint's own.
		*/
		credential: string;
		/**
		Epoch milliseconds.
		*/
		seenAt: number;
		/**
		The exchange that it was told to.
		*/
		exchange: number | null;
	}>;

export const limitsTable = `
	CREATE TABLE IF NOT EXISTS limits (
		endpoint TEXT NOT NULL,
		credential TEXT NOT NULL,
		"window" TEXT NOT NULL,
		"limit" INTEGER,
		remaining INTEGER,
		utilization REAL,
		status TEXT,
		resetAt INTEGER,
		seenAt INTEGER NOT NULL,
		exchange INTEGER,
		PRIMARY KEY (endpoint, credential, "window")
	) WITHOUT ROWID
`;

/**
The limits that answers have told of, each window as it was told last.
*/
export function readLimits(db: Database.Database): readonly LimitRow[] {
	const isThere = db
		.prepare(
			"SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'limits'",
		)
		.pluck()
		.get();
	if (isThere === undefined) {
		return [];
	}

	const rows = db
		.prepare(
			'SELECT endpoint, credential, "window" AS name, "limit", remaining, utilization, status, resetAt, seenAt, exchange FROM limits ORDER BY 1, 2, 3',
		)
		.all() as ReadonlyArray<{[Key in keyof LimitRow]: LimitRow[Key] | null}>;
	return rows.map((row) => ({
		...row,
		limit: row.limit ?? undefined,
		remaining: row.remaining ?? undefined,
		utilization: row.utilization ?? undefined,
		status: row.status ?? undefined,
		resetAt: row.resetAt ?? undefined,
	})) as readonly LimitRow[];
}

/**
What one answer said of limits.
*/
export type ToldLimits = Readonly<{
	endpoint: string;
	credential: string;
	limits: RateLimits;
	/**
	Epoch milliseconds.
	*/
	seenAt: number;
	/**
	The exchange that it was told to, once the log has given it an id.
	*/
	exchange: Readonly<{id: number | undefined}>;
}>;

/**
While answers come in quickly, not each of them is worth a write.
*/
const restMs = 250;
/**
The windows of so many credentials are remembered.
*/
const mostSources = 200;

/**
Windows to be written, and what told of them.
*/
export type ChangedLimits = Readonly<{
	told: ToldLimits;
	windows: readonly LimitWindow[];
}>;

type Source = {
	/**
	As they were written last, by name.
	*/
	written: Map<string, LimitWindow>;
	writtenAt: number;
	/**
	What was told since, and was not worth a write of its own.
	*/
	late: ToldLimits | undefined;
};

/**
Knows which windows an answer has changed, so that only those are written, and those that merely
count down a few times a second at most.
*/
export class LimitsBook {
	#generation = 0;
	readonly #sources = new Map<string, Source>();

	/**
	The windows worth writing now; undefined where there are none. `generation` is of the log file: a new
	one knows nothing yet.
	*/
	changed(told: ToldLimits, generation: number): ChangedLimits | undefined {
		if (generation !== this.#generation) {
			this.#sources.clear();
			this.#generation = generation;
		}

		const source = this.#source(`${told.endpoint}\n${told.credential}`);
		const windows = changedIn(told, source);
		const isRested = Math.abs(told.seenAt - source.writtenAt) >= restMs;
		const matters = windows.some((window) =>
			isNews(window, source.written.get(window.name)),
		);
		if (isRested || matters) {
			return written(source, told, windows);
		}

		source.late = told;
		return undefined;
	}

	/**
	What was kept back, to be written with something else.
	*/
	late(): readonly ChangedLimits[] {
		return [...this.#sources.values()].flatMap((source) => {
			const {late} = source;
			return late === undefined
				? []
				: (written(source, late, changedIn(late, source)) ?? []);
		});
	}

	#source(key: string): Source {
		const known = this.#sources.get(key);
		if (known !== undefined) {
			return known;
		}

		if (this.#sources.size >= mostSources) {
			this.#sources.clear();
		}

		const source: Source = {
			written: new Map(),
			writtenAt: -Infinity,
			late: undefined,
		};
		this.#sources.set(key, source);
		return source;
	}
}

const changedIn = (
	{limits, seenAt}: ToldLimits,
	source: Source,
): readonly LimitWindow[] =>
	limitWindows(limits, seenAt).filter(
		(window) => !isSame(window, source.written.get(window.name)),
	);

function written(
	source: Source,
	told: ToldLimits,
	windows: readonly LimitWindow[],
): ChangedLimits | undefined {
	source.late = undefined;
	if (windows.length === 0) {
		return undefined;
	}

	source.writtenAt = told.seenAt;
	for (const window of windows) {
		source.written.set(window.name, window);
	}

	return {told, windows};
}

/**
Resets that are told as durations differ by the time the answer took.
*/
const sameResetMs = 1000;

const isSame = (one: LimitWindow, other: LimitWindow | undefined): boolean =>
	other !== undefined &&
	one.remaining === other.remaining &&
	one.utilization === other.utilization &&
	one.limit === other.limit &&
	one.status === other.status &&
	Math.abs((one.resetAt ?? 0) - (other.resetAt ?? 0)) < sameResetMs;

/**
Nothing that only counts down: a window that is new, that is used up, or has another limit or status.
*/
const isNews = (one: LimitWindow, other: LimitWindow | undefined): boolean =>
	other === undefined ||
	one.remaining === 0 ||
	one.limit !== other.limit ||
	one.status !== other.status;

/**
Writes windows inside a transaction of the caller's.
*/
export function limitsWriter(
	db: Database.Database,
): (changed: ChangedLimits) => void {
	const write = db.prepare(
		'INSERT OR REPLACE INTO limits (endpoint, credential, "window", "limit", remaining, utilization, status, resetAt, seenAt, exchange) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
	);
	return ({told, windows}) => {
		for (const window of windows) {
			write.run(
				told.endpoint,
				told.credential,
				window.name,
				window.limit ?? null,
				window.remaining ?? null,
				window.utilization ?? null,
				window.status ?? null,
				window.resetAt === undefined ? null : Math.round(window.resetAt),
				told.seenAt,
				told.exchange.id ?? null,
			);
		}
	};
}
