import type Database from 'better-sqlite3';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {
	attemptFields,
	exchangeFields,
	type Attempt,
	type Exchange,
} from '../../source/exchange/exchange.js';
import {checkLog} from '../../source/usage-log/check.js';
import {markLost} from '../../source/usage-log/lost.js';
import {pruneSome} from '../../source/usage-log/prune.js';
import {
	readEverySession,
	readHours,
	readRollups,
	readSessions,
	type Grouping,
	type RollupRow,
	type SessionRow,
} from '../../source/usage-log/rollups.js';
import type {Recorder} from '../../source/usage-log/recorder.js';
import type {Recording} from '../../source/usage-log/recording.js';
import {beginAnew} from '../../source/usage-log/rollup-schema.js';
import {rowReader} from '../../source/usage-log/row.js';
import {begin, finish, logPlace, type LogPlace} from '../helpers/log.js';
import {
	addsOf,
	beginnings,
	ends,
	keysOf,
	quarterOf,
	range,
} from './random-exchanges.js';

const readExchange = rowReader<Exchange>(exchangeFields);
const readAttempt = rowReader<Attempt>(attemptFields);

const which = fc.nat(30);
const acts = fc.array(
	fc.oneof(
		{
			weight: 6,
			arbitrary: fc.record({
				act: fc.constant('begin' as const),
				facts: beginnings,
			}),
		},
		{
			weight: 6,
			arbitrary: fc.record({
				act: fc.constant('end' as const),
				which,
				facts: ends,
			}),
		},
		{
			weight: 2,
			arbitrary: fc.record({
				act: fc.constant('try again' as const),
				waits: fc.boolean(),
				which,
				httpStatus: fc.constantFrom(429, 500),
			}),
		},
		{
			weight: 2,
			arbitrary: fc.record({
				act: fc.constant('correct' as const),
				which,
				facts: ends,
			}),
		},
		fc.record({act: fc.constant('delete by hand' as const), which}),
		fc.record({
			act: fc.constant('write a try by hand' as const),
			which,
			httpStatus: fc.constantFrom(429, 500),
		}),
		fc.record({
			act: fc.constantFrom(
				'lose' as const,
				'reopen' as const,
				'upgrade' as const,
				'forget the sums' as const,
			),
		}),
		fc.record({
			act: fc.constant('prune' as const),
			quarter: fc.integer({min: range.from, max: range.to}),
			count: fc.integer({min: 1, max: 8}),
		}),
	),
	{minLength: 10, maxLength: 60, size: 'max'},
);

type Act =
	typeof acts extends fc.Arbitrary<ReadonlyArray<infer One>> ? One : never;
type Written = Readonly<{writer: Recorder; recording: Recording}> & {
	isWaiting: boolean;
};

/**
A log with writers, and what was taken out of it: its sums stay.
*/
class Played {
	readonly taken: Array<{
		row: Exchange;
		adds: Readonly<Record<string, number>>;
	}> = [];

	readonly #place: LogPlace;
	#writers: Recorder[] = [];
	#open: Written[] = [];
	#ended: Written[] = [];
	#turn = 0;

	constructor(place: LogPlace) {
		this.#place = place;
		this.#begin();
	}

	async play(act: Act): Promise<void> {
		switch (act.act) {
			case 'begin': {
				const writer = this.#writers[this.#turn++ % this.#writers.length]!;
				const {recording, recorded} = begin(writer, act.facts);
				await recorded;
				this.#open.push({writer, recording, isWaiting: false});
				return;
			}

			case 'end': {
				const [one] = this.#open.splice(
					act.which % (this.#open.length || 1),
					1,
				);
				if (one !== undefined) {
					await finish(one.writer, one.recording, act.facts);
					this.#ended.push(one);
				}

				return;
			}

			case 'try again': {
				const one = this.#open[act.which];
				if (one !== undefined) {
					await new Promise((resolve) => {
						one.writer.move(
							one.recording,
							{
								// One that waits has no attempt under way that could end.
								...(!one.isWaiting && {
									ended: {outcome: 'error', httpStatus: act.httpStatus},
								}),
								...(act.waits
									? {held: {state: 'held', holdReason: 'backoff'}}
									: {
											next: {
												alias: null,
												endpoint: 'other',
												sentModel: 'm2',
												billing: null,
												attemptStartedAt: 1,
											},
										}),
							},
							resolve,
						);
						one.isWaiting = act.waits;
					});
				}

				return;
			}

			case 'correct': {
				const one = this.#ended[act.which];
				if (one !== undefined) {
					await finish(one.writer, one.recording, act.facts);
				}

				return;
			}

			case 'delete by hand': {
				const one = this.#ended[act.which];
				this.#with((db) => {
					db.prepare('DELETE FROM earlierAttempts WHERE exchange = ?').run(
						one?.recording.id,
					);
					db.prepare('DELETE FROM exchanges WHERE id = ?').run(
						one?.recording.id,
					);
				});
				return;
			}

			case 'write a try by hand': {
				const id = this.#ended[act.which]?.recording.id;
				this.#with((db) => {
					db.prepare(
						`INSERT INTO earlierAttempts (id, revision, exchange, httpStatus)
						SELECT id * 1000 + 1, revision, id, ? FROM exchanges WHERE id = ?
						ON CONFLICT (id) DO UPDATE SET httpStatus = excluded.httpStatus`,
					).run(act.httpStatus, id);
				});
				return;
			}

			case 'lose': {
				this.#with((db) =>
					db.transaction(() => markLost(db, 'one')).immediate(),
				);
				this.#ended.push(
					...this.#open.filter(({writer}) => writer === this.#writers[0]),
				);
				this.#open = this.#open.filter(
					({writer}) => writer !== this.#writers[0],
				);
				return;
			}

			case 'reopen': {
				this.#begin();
				return;
			}

			case 'upgrade': {
				this.#with((db) => db.exec("UPDATE rollupMarks SET sql = 'another'"));
				this.#begin();
				return;
			}

			case 'forget the sums': {
				// As a version would that left the building to what follows.
				this.#with((db) => {
					db.transaction(() => {
						beginAnew(db);
					}).immediate();
				});
				return;
			}

			case 'prune': {
				this.#with((db) => {
					this.#prune(db, act);
				});
			}
		}
	}

	close() {
		for (const writer of this.#writers) {
			writer.close();
		}
	}

	#begin() {
		this.close();
		this.#open = [];
		this.#ended = [];
		this.#writers = [
			this.#place.record({owner: 'one'}),
			this.#place.record({owner: "the other's"}),
		];
	}

	#prune(
		db: Database.Database,
		{quarter, count}: {quarter: number; count: number},
	) {
		const before = rowsOf(db);
		let after = 0;
		for (;;) {
			const step = pruneSome(db, {
				beforeMs: quarter * 900_000 + 1,
				after,
				count,
			});
			after = step.lookedThrough;
			if (!step.hasMore) {
				break;
			}
		}

		const left = new Set(rowsOf(db).map(({row}) => row.id));
		const taken = before.filter(({row}) => !left.has(row.id));
		expect(
			taken.every(
				({row}) => row.outcome !== 'open' && quarterOf(row) < quarter,
			),
		).toBe(true);
		this.taken.push(...taken);
	}

	#with<Result>(look: (db: Database.Database) => Result): Result {
		const db = this.#place.connect();
		try {
			return look(db);
		} finally {
			db.close();
		}
	}
}

function rowsOf(db: Database.Database) {
	const tried = db
		.prepare('SELECT * FROM earlierAttempts')
		.all()
		.map((row) => readAttempt(row));
	return db
		.prepare('SELECT * FROM exchanges ORDER BY id')
		.all()
		.map((raw) => {
			const row = readExchange(raw);
			return {row, adds: addsOf(row, tried)};
		});
}

const counts = ({outcome, format, path}: Exchange): boolean =>
	outcome !== 'open' && format !== null && path !== '/v1/messages/count_tokens';

function expected(
	rows: ReturnType<typeof rowsOf>,
	by: ReadonlyArray<Grouping | 'session'>,
	{from, to}: {from: number; to: number},
) {
	const groups = new Map<string, Record<string, number | string>>();
	for (const {row, adds} of rows) {
		const quarter = quarterOf(row);
		if (!counts(row) || quarter < from || quarter >= to) {
			continue;
		}

		const keys = keysOf(row);
		const key = Object.fromEntries(by.map((name) => [name, keys[name]]));
		const group = groups.get(JSON.stringify(key)) ?? {...key};
		for (const [measure, value] of Object.entries(adds)) {
			group[measure] = Number(group[measure] ?? 0) + value;
		}

		groups.set(JSON.stringify(key), group);
	}

	return sorted([...groups.values()]);
}

const sorted = (rows: readonly object[]) =>
	rows
		.map((row) =>
			JSON.stringify(
				Object.fromEntries(
					Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1)),
				),
			),
		)
		.toSorted();

/**
Rows of quarters as sums of hours.
*/
function hourly(rows: readonly RollupRow[]): readonly object[] {
	const hours = new Map<number, Record<string, number>>();
	for (const {quarter, ...sums} of rows) {
		const hour = Math.floor(quarter! / 4);
		const before = hours.get(hour) ?? {hour};
		for (const [name, value] of Object.entries(sums)) {
			before[name] = (before[name] ?? 0) + Number(value);
		}

		hours.set(hour, before);
	}

	return [...hours.values()].filter(({requests}) => requests !== 0);
}

const tokensOf = (row: SessionRow): number =>
	row.inputTokens +
	row.outputTokens +
	row.cacheReadTokens +
	row.cacheWrite5mTokens +
	row.cacheWrite1hTokens;

const byRank = (one: SessionRow, other: SessionRow): number =>
	other.costNanodollars - one.costNanodollars ||
	tokensOf(other) - tokensOf(one) ||
	other.requests - one.requests ||
	(one.session < other.session ? -1 : 1);

const groupings: ReadonlyArray<readonly Grouping[]> = [
	[],
	['quarter'],
	['model'],
	['alias', 'key'],
	['model', 'alias', 'key', 'endpoint', 'quarter'],
];

test('whatever happens to exchanges, the sums are those of the rows', async () => {
	await fc.assert(
		fc.asyncProperty(
			acts,
			fc.integer({min: range.from, max: range.to}),
			fc.integer({min: range.from, max: range.to}),
			async (played, one, other) => {
				using place = logPlace();
				const log = new Played(place);
				for (const act of played) {
					await log.play(act);
				}

				const db = place.connect();
				const rows = [...rowsOf(db), ...log.taken];
				const ranges = [
					{from: 0, to: range.to * 2},
					{from: range.from, to: range.to},
					{from: Math.min(one, other), to: Math.max(one, other)},
					{from: one, to: one + 1},
				];
				for (const span of ranges) {
					const quarters = {fromQuarter: span.from, toQuarter: span.to};
					for (const by of groupings) {
						expect(sorted(readRollups(db, {...quarters, by}))).toEqual(
							expected(rows, by, span),
						);
					}

					expect(
						sorted(hourly(readHours(db, quarters) as RollupRow[])),
					).toEqual(
						sorted(hourly(readRollups(db, {...quarters, by: ['quarter']}))),
					);
					const ranked = readSessions(db, {...quarters, limit: 100});
					expect(sorted(ranked)).toEqual(expected(rows, ['session'], span));
					expect(ranked).toEqual(ranked.toSorted(byRank));
					expect([...readEverySession(db, quarters)]).toEqual(ranked);
					for (const limit of [1, 2, 3]) {
						expect(readSessions(db, {...quarters, limit})).toEqual(
							ranked.slice(0, limit),
						);
					}
				}

				expect(checkLog(db).problems).toEqual([]);
			},
		),
		{numRuns: 60},
	);
}, 120_000);

test('an index that a log lacks is made, and its sums are not summed again', async () => {
	using place = logPlace();
	const recorder = place.record();
	const {recording, recorded} = begin(recorder);
	await recorded;
	await finish(recorder, recording);
	const indexes = (db: Database.Database) =>
		db
			.prepare(
				"SELECT name FROM sqlite_schema WHERE type = 'index' AND name LIKE 'sessionsBy%' ORDER BY name",
			)
			.pluck()
			.all();
	const everything = {fromQuarter: 0, toQuarter: 1e9, limit: 5};
	const db = place.connect();
	const before = readSessions(db, everything);
	expect(before).toHaveLength(1);
	expect(indexes(db)).toEqual([
		'sessionsByCost',
		'sessionsByEnd',
		'sessionsByRank',
	]);
	db.exec('DROP INDEX sessionsByCost; DROP INDEX sessionsByEnd');
	expect(readSessions(db, everything)).toEqual(before);

	place.record();
	expect(indexes(db)).toHaveLength(3);
	expect(readSessions(db, everything)).toEqual(before);
	expect(db.prepare('SELECT builtFrom FROM rollupMarks').pluck().get()).toBe(0);
});
