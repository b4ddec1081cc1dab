import fs from 'node:fs';
import type Database from 'better-sqlite3';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {exchangeFields, type Exchange} from '../../source/exchange/exchange.js';
import {checkLog} from '../../source/usage-log/check.js';
import {release, reserve} from '../../source/usage-log/ledger.js';
import {markLost} from '../../source/usage-log/lost.js';
import {pruneSome} from '../../source/usage-log/prune.js';
import type {Recorder} from '../../source/usage-log/recorder.js';
import type {Recording} from '../../source/usage-log/recording.js';
import {rowReader} from '../../source/usage-log/row.js';
import {begin, finish, logPlace, type LogPlace} from '../helpers/log.js';
import {addedUp, countedIn, countsOf, type Counted} from './ledger-samples.js';
import {beginnings, ends, range} from './random-exchanges.js';

const readExchange = rowReader<Exchange>(exchangeFields);
const which = fc.nat(20);
const amount = fc.nat(1_000_000);
const counting = fc
	.tuple(ends, fc.option(amount, {nil: null}))
	.map(([facts, countedTokens]) => ({...facts, countedTokens}));
const beginning = fc
	.tuple(beginnings, fc.option(fc.nat(3_600_000), {nil: null}))
	.map(([facts, heldMs]) => ({
		...facts,
		admittedAt: heldMs === null ? null : facts.startedAt! + heldMs,
	}));

const acts = fc.array(
	fc.oneof(
		{
			weight: 5,
			arbitrary: fc.record({
				act: fc.constant('begin' as const),
				facts: beginning,
			}),
		},
		{
			weight: 4,
			arbitrary: fc.record({
				act: fc.constant('reserve' as const),
				which,
				nanodollars: amount,
				tokens: amount,
			}),
		},
		{
			weight: 5,
			arbitrary: fc.record({
				act: fc.constant('end' as const),
				which,
				facts: counting,
			}),
		},
		fc.record({act: fc.constant('correct' as const), which, facts: counting}),
		fc.record({act: fc.constant('release' as const), which}),
		fc.record({act: fc.constant('remove by hand' as const), which}),
		fc.record({act: fc.constant('lose' as const)}),
		fc.record({act: fc.constant('replace the log' as const)}),
		fc.record({
			act: fc.constant('prune' as const),
			quarter: fc.integer({min: range.from, max: range.to}),
		}),
	),
	{minLength: 10, maxLength: 60, size: 'max'},
);

type Act =
	typeof acts extends fc.Arbitrary<ReadonlyArray<infer One>> ? One : never;
type Written = Readonly<{writer: Recorder; recording: Recording}>;

const rowsOf = (db: Database.Database): readonly Exchange[] =>
	db
		.prepare('SELECT * FROM exchanges ORDER BY id')
		.all()
		.map((row) => readExchange(row));

/**
A log with two writers, and somebody beside them who reserves, prunes and buries.
*/
class Played {
	readonly #place: LogPlace;
	readonly #writers: readonly [Recorder, Recorder];
	#db: Database.Database;
	#open: Written[] = [];
	#ended: Written[] = [];
	/**
	What was taken out of the log stays counted.
	*/
	#taken: Array<Counted | undefined> = [];
	#turn = 0;

	constructor(place: LogPlace) {
		this.#place = place;
		this.#writers = [
			place.record({owner: 'one'}),
			place.record({owner: "the other's"}),
		];
		this.#db = place.connect();
	}

	async play(act: Act): Promise<void> {
		switch (act.act) {
			case 'begin': {
				const writer = this.#writers[this.#turn++ % 2]!;
				const {recording, recorded} = begin(writer, act.facts);
				await recorded;
				this.#open.push({writer, recording});
				return;
			}

			case 'reserve': {
				const one = this.#open[act.which];
				if (one !== undefined) {
					this.#write((db) => {
						reserve(db, {
							exchange: one.recording.id!,
							key: 'ci',
							admittedAt: 1,
							nanodollars: act.nanodollars,
							tokens: act.tokens,
							owner: one.writer === this.#writers[0] ? 'one' : "the other's",
						});
					});
				}

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

			case 'correct': {
				const one = this.#ended[act.which];
				if (one !== undefined) {
					await finish(one.writer, one.recording, act.facts);
				}

				return;
			}

			case 'release': {
				this.#write((db) => {
					release(db, this.#open[act.which]?.recording.id ?? 0);
				});
				return;
			}

			case 'remove by hand': {
				const [one] = this.#ended.splice(act.which, 1);
				this.#db
					.prepare('DELETE FROM exchanges WHERE id = ?')
					.run(one?.recording.id);
				return;
			}

			case 'lose': {
				this.#lose();
				return;
			}

			case 'replace the log': {
				await this.#replace();
				return;
			}

			case 'prune': {
				this.#prune(act.quarter);
			}
		}
	}

	check(): void {
		const db = this.#db;
		const rows = rowsOf(db);
		expect(countedIn(db)).toEqual(
			addedUp([...rows.map((row) => countsOf(row)), ...this.#taken]),
		);
		expect(
			db
				.prepare(
					'SELECT * FROM counted WHERE nanodollars < 0 OR tokens < 0 OR unpriced < 0',
				)
				.all(),
		).toEqual([]);
		const open = new Set(
			rows.filter(({outcome}) => outcome === 'open').map(({id}) => id),
		);
		expect(reservedIn(db).filter(({exchange}) => !open.has(exchange))).toEqual(
			[],
		);
	}

	/**
	What the log says of itself.
	*/
	checked() {
		return checkLog(this.#db).problems.filter(
			(problem) => problem.kind === 'sum' && problem.table === 'counted',
		);
	}

	#lose() {
		const before = reservedIn(this.#db).filter(({owner}) => owner === 'one');
		this.#write((db) => markLost(db, 'one'));
		const isLost = ({writer}: Written) => writer === this.#writers[0];
		this.#ended.push(...this.#open.filter((one) => isLost(one)));
		this.#open = this.#open.filter((one) => !isLost(one));
		const rows = new Map(rowsOf(this.#db).map((row) => [row.id, row]));
		for (const {exchange, nanodollars, tokens} of before) {
			expect(rows.get(exchange)).toMatchObject({
				outcome: 'lost',
				countedNanodollars: nanodollars,
				countedTokens: tokens,
			});
		}

		// It writes on as another would, to whom nothing was done.
		this.#write((db) =>
			db.exec(
				"INSERT OR IGNORE INTO writers SELECT 'one', coalesce(max(id), 0) + 1 FROM exchanges",
			),
		);
	}

	/**
	What is open goes on in the new log, and what has ended is no longer there.
	*/
	async #replace() {
		const {path} = this.#place;
		this.#db.close();
		for (const suffix of ['', '-wal', '-shm']) {
			fs.rmSync(path + suffix, {force: true});
		}

		for (const writer of this.#writers) {
			await begin(writer, {startedAt: range.from * 900_000}).recorded;
			writer.progress([]);
		}

		this.#db = this.#place.connect();
		this.#ended = [];
		this.#taken = [];
	}

	#prune(quarter: number) {
		const before = rowsOf(this.#db);
		pruneSome(this.#db, {beforeMs: quarter * 900_000, after: 0, count: 1000});
		const left = new Set(rowsOf(this.#db).map(({id}) => id));
		const taken = before.filter(({id}) => !left.has(id));
		const gone = new Set(taken.map(({id}) => id));
		this.#taken.push(...taken.map((row) => countsOf(row)));
		// A row that is gone can be corrected no more.
		this.#ended = this.#ended.filter(({recording}) => !gone.has(recording.id!));
	}

	#write(act: (db: Database.Database) => unknown) {
		this.#db.transaction(() => act(this.#db)).immediate();
	}
}

const reservedIn = (db: Database.Database) =>
	db.prepare('SELECT * FROM reservations').all() as ReadonlyArray<{
		exchange: number;
		nanodollars: number;
		tokens: number;
		owner: string;
	}>;

test('whatever happens to exchanges, caps count what their rows say and nothing stays reserved', async () => {
	await fc.assert(
		fc.asyncProperty(acts, async (played) => {
			using place = logPlace();
			const log = new Played(place);
			for (const act of played) {
				await log.play(act);
				if (act.act !== 'begin') {
					log.check();
				}
			}

			log.check();
			expect(log.checked()).toEqual([]);
		}),
		// Looking for a shorter one that fails has to end as well.
		{numRuns: 25, interruptAfterTimeLimit: 60_000},
	);
}, 120_000);
