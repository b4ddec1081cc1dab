import Database from 'better-sqlite3';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {dayNamed, type DayRule} from '../../source/calendar/day.js';
import {machineZone} from '../../source/machine-zone.js';
import {addSums, hourSums} from '../../source/monitor/day-sums.js';
import {LogFollower} from '../../source/monitor/log-follower.js';
import {startModel, type Model} from '../../source/monitor/model.js';
import {createStore} from '../../source/monitor/store.js';
import {gather} from '../../source/summary/gather.js';
import {summaryJson} from '../../source/summary/json.js';
import {sumReader} from '../../source/summary/sum-reader.js';
import {asked, begin, ended, finish, logPlace} from '../helpers/log.js';
import {joined} from './sample-model.js';
import {sampleRow} from './sample-rows.js';

let place: ReturnType<typeof logPlace>;

beforeEach(() => {
	place = logPlace();
});

afterEach(() => {
	place[Symbol.dispose]();
});

/**
Exchanges every 50 minutes over four days around a date, all different.
*/
async function fill(aroundMs: number): Promise<void> {
	const recorder = place.record();
	for (let index = 0; index < 116; index++) {
		const startedAt = aroundMs - 36 * 3_600_000 + index * 50 * 60_000;
		const model = ['a-model', 'b-model', 'c-model'][index % 3]!;
		const facts = {
			sentModel: model,
			servedModel: model,
			session: `session-${index % 4}`,
		};
		const {recording, recorded} = begin(recorder, {
			...asked,
			startedAt,
			attemptStartedAt: startedAt,
			...facts,
		});
		await recorded;
		await finish(recorder, recording, {
			...ended,
			...facts,
			endedAt: startedAt + 1000,
			inputTokens: 100 + index,
			outputTokens: 7 * index,
			cacheReadTokens: 1000 * index,
			cacheWrite5mTokens: 10 * index,
			cacheWrite1hTokens: 3 * index,
			usageStatus: index % 7 === 0 ? 'partial' : 'exact',
			costNanodollars: index % 5 === 0 ? null : 1_000_003 * index,
			priceSource: index % 5 === 0 ? 'unpriced' : 'catalogue',
		});
	}
}

async function lookedAt(
	rule: DayRule,
	nowMs: number,
	key: 'd' | 'o',
): Promise<Model> {
	const store = createStore(
		startModel({
			nowMs,
			columns: 80,
			rows: 40,
			ascii: false,
			readOnly: false,
			notices: [],
		}),
	);
	store.send({kind: 'supervisor', state: joined, nowMs});
	const row = sampleRow({heartbeatAt: nowMs + 1});
	const follower = new LogFollower(
		{
			openReader: () => place.read(),
			passthroughs: () => [{...row, config: {...row.config, day: rule}}],
			now: () => nowMs,
		},
		store,
	);
	await follower.all();
	store.send({kind: 'pressed', key});
	follower.look();
	follower.close();
	store.close();
	return store.model();
}

function summaryOf(rule: DayRule, nowMs: number, date: string) {
	const db = new Database(place.path, {readonly: true});
	const {fromMs, toMs} = dayNamed(rule, date);
	const gathered = gather(sumReader(db), {
		rule,
		span: {fromMs, toMs},
		nowMs,
		by: 'hour',
	});
	const text = [...summaryJson(gathered)].join('');
	db.close();
	return JSON.parse(text) as {
		since: number;
		total: Record<string, number>;
		groups: ReadonlyArray<Record<string, number> & {hour: string}>;
	};
}

const elsewhere = ['Asia/Kathmandu', 'America/St_Johns'].find(
	(zone) => zone !== machineZone(),
)!;

test.each<readonly [string, DayRule, string, number]>([
	[
		'this machine',
		{timezone: machineZone(), startsAt: '00:00'},
		'2026-11-20',
		24,
	],
	['another zone', {timezone: elsewhere, startsAt: '04:00'}, '2026-11-20', 24],
	[
		'a short day',
		{timezone: 'Europe/Berlin', startsAt: '00:00'},
		'2026-03-29',
		23,
	],
	[
		'a long day',
		{timezone: 'Europe/Berlin', startsAt: '00:00'},
		'2026-10-25',
		25,
	],
])(
	'the hours of %s have the sums of the summary',
	async (_name, rule, date, count) => {
		const {fromMs, toMs} = dayNamed(rule, date);
		// The newest of the exchanges are of the day after.
		const nowMs = toMs - 1;
		await fill(fromMs + 6 * 3_600_000);
		const model = await lookedAt(rule, nowMs, 'd');
		const summary = summaryOf(rule, nowMs, date);
		expect(model.hours).toHaveLength(count);
		expect(model.hours[0]!.fromMs).toBe(summary.since);

		const byHour = new Map(
			summary.groups.map((group) => [Date.parse(group.hour), group]),
		);
		const busy = hourSums(model).filter(({sums}) => sums.requests > 0);
		expect(busy.length).toBeGreaterThan(20);
		for (const {fromMs: hourMs, clock, sums} of busy) {
			const told = byHour.get(hourMs)!;
			expect(told.hour).toContain(`T${clock}`);
			expect(sums).toMatchObject(asTotals(told));
		}

		expect(addSums(busy.map(({sums}) => sums))).toMatchObject(
			asTotals(summary.total),
		);
	},
);

test('the sessions have the sums of the log, the dearest first', async () => {
	const rule = {timezone: machineZone(), startsAt: '00:00'};
	const {fromMs, toMs} = dayNamed(rule, '2026-11-20');
	await fill(fromMs + 6 * 3_600_000);
	const {sessions, totals} = await lookedAt(rule, toMs - 1, 'o');
	expect(sessions).toHaveLength(4);
	const costs = sessions.map(({costNanodollars}) => costNanodollars);
	expect(costs).toEqual(costs.toSorted((one, other) => other - one));
	expect(costs.reduce((sum, cost) => sum + cost, 0)).toBe(
		addSums(totals).costNanodollars,
	);
});

const asTotals = (sums: Readonly<Record<string, number>>) => ({
	requests: sums['requests'],
	attempts: sums['attempts'],
	limited: sums['limited'],
	inputTokens: sums['inputTokens'],
	outputTokens: sums['outputTokens'],
	cacheReadTokens: sums['cacheReadTokens'],
	cacheWriteTokens: sums['cacheWrite5mTokens']! + sums['cacheWrite1hTokens']!,
	unproven: sums['partial']! + sums['missing']!,
	costNanodollars: sums['costNanodollars'],
	unpriced: sums['unpriced'],
});
