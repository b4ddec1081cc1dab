import fs from 'node:fs';
import Database from 'better-sqlite3';
import {describe, expect, test, vi} from 'vitest';
import {measures} from '../../source/exchange/measures.js';
import {Recorder} from '../../source/usage-log/recorder.js';
import type {ExchangeFacts} from '../../source/usage-log/recording.js';
import {asked, begin, ended, finish} from '../helpers/log.js';
import {askIdentity} from '../../source/control/identity.js';
import {run, startServe, testHome} from '../helpers/program.js';

const berlin = '[day]\ntimezone = "Europe/Berlin"\n';
const date = '2026-11-20';

/**
One exchange: when it began, and what else is to be known of it.
*/
type Row = readonly [at: string, facts?: Partial<ExchangeFacts>];

async function fill(log: string, rows: readonly Row[]): Promise<void> {
	const recorder = new Recorder({path: log, owner: 'ours', now: Date.now});
	for (const [at, facts] of rows) {
		const startedAt = Date.parse(at);
		const {recording, recorded} = begin(recorder, {
			...asked,
			startedAt,
			attemptStartedAt: startedAt,
			...facts,
		});
		await recorded;
		await finish(recorder, recording, {
			...ended,
			endedAt: startedAt + 1000,
			...facts,
		});
	}

	recorder.close();
}

const models = ['claude-sonnet-4-6', 'claude-opus-4-6', '=evil()'] as const;

/**
A few days of requests, all different.
*/
const someDays: readonly Row[] = Array.from({length: 60}, (_, index): Row => {
	const at = Date.parse('2026-11-18T20:00:00Z') + index * 3_700_000;
	const model = models[index % models.length]!;
	const isPriced = index % 5 > 0;
	return [
		new Date(at).toISOString(),
		{
			sentModel: model,
			servedModel: model,
			endpoint: index % 2 === 0 ? 'main' : 'other',
			key: index % 4 === 0 ? 'ci' : 'desktop',
			alias: index % 3 === 0 ? 'coding' : null,
			session: `session-${index % 7}`,
			inputTokens: 100 + index,
			outputTokens: 7 * index,
			cacheReadTokens: 1000 * index,
			cacheWrite5mTokens: 10 * index,
			cacheWrite1hTokens: index,
			usageStatus: index % 11 === 0 ? 'partial' : 'exact',
			...(isPriced
				? {
						costNanodollars: 123_456_789 * (index + 1),
						countedNanodollars: 123_456_789 * (index + 1),
						priceSource: 'catalogue',
					}
				: {priceSource: 'unpriced'}),
			billing: index % 6 === 0 ? 'plan' : 'api',
		},
	];
});

type Json = Readonly<{
	since: number;
	until: number;
	timezone: string;
	total: Record<string, number>;
	groups: ReadonlyArray<Record<string, number | string | null>>;
	unpriced: unknown[];
	partial: unknown[];
}>;

const json = async (home: string, args: readonly string[] = []) => {
	const {stdout, stderr} = await run(['summary', '--json', ...args], {home});
	expect(stderr).toBe('');
	return JSON.parse(stdout) as Json;
};

/**
As somebody would type it who knows nothing of sums that are kept.
*/
const byHand = `
	SELECT count(*) AS requests, sum(inputTokens) AS inputTokens, sum(outputTokens) AS outputTokens,
		sum(cacheReadTokens) AS cacheReadTokens, sum(cacheWrite5mTokens) AS cacheWrite5mTokens,
		sum(cacheWrite1hTokens) AS cacheWrite1hTokens, sum(costNanodollars) AS costNanodollars,
		sum(countedNanodollars) AS countedNanodollars, sum(priceSource = 'unpriced') AS unpriced,
		sum(usageStatus = 'partial') AS partial
	FROM exchanges WHERE startedAt >= ? AND startedAt < ?
`;

function typed(log: string, sql: string, ...values: readonly number[]) {
	const db = new Database(log, {readonly: true});
	try {
		return db.prepare(sql).all(...values) as Array<Record<string, number>>;
	} finally {
		db.close();
	}
}

describe('the same figures come from JSON, from CSV and from SQL typed by hand', () => {
	test.each([
		[['--date', date], '2026-11-19T23:00:00Z', '2026-11-20T23:00:00Z'],
		[
			['--week', '--date', date],
			'2026-11-15T23:00:00Z',
			'2026-11-22T23:00:00Z',
		],
		[
			['--since', '2026-11-19T06:30', '--until', '2026-11-20T18:00'],
			'2026-11-19T05:30:00Z',
			'2026-11-20T17:00:00Z',
		],
	])('%j', async (args, from, to) => {
		using home = testHome(berlin);
		await fill(home.log, someDays);
		const [since, until] = [Date.parse(from), Date.parse(to)];
		const said = await json(home.folder, args);
		expect(said).toMatchObject({since, until, timezone: 'Europe/Berlin'});
		const [sums] = typed(home.log, byHand, since, until);
		expect(sums!['requests']).toBeGreaterThan(10);
		expect(said.total).toMatchObject(sums!);
		for (const by of [
			'model',
			'alias',
			'key',
			'endpoint',
			'session',
			'hour',
			'day',
		]) {
			const {groups} = await json(home.folder, [...args, '--by', by]);
			const csv = await run(['summary', '--csv', '--by', by, ...args], {
				home: home.folder,
			});
			const [heading, ...lines] = csv.stdout
				.trimEnd()
				.split('\n')
				.map((line) => line.split(','));
			expect(heading).toEqual([by, ...Object.keys(measures)]);
			expect(
				lines.map(([name, ...cells]) => [name!.replace(/^'/, ''), ...cells]),
			).toEqual(
				groups.map((group) => [
					group[by] ?? '',
					...heading!.slice(1).map((name) => String(group[name])),
				]),
			);
			for (const [name, sum] of Object.entries(sums!)) {
				expect(
					groups.reduce((all, group) => all + Number(group[name]), 0),
				).toBe(sum);
			}
		}
	});
});

test('groups are those that SQL makes', async () => {
	using home = testHome(berlin);
	await fill(home.log, someDays);
	const {since, until, groups} = await json(home.folder, [
		'--week',
		'--date',
		date,
		'--by',
		'session',
	]);
	const sessions = typed(
		home.log,
		`${byHand.replace('SELECT', 'SELECT session,')} GROUP BY session ORDER BY costNanodollars DESC`,
		since,
		until,
	);
	expect(groups).toMatchObject(sessions);
});

test('what has no price is listed with what to write, and what broke off too', async () => {
	using home = testHome(berlin);
	await fill(home.log, someDays);
	const said = await json(home.folder, ['--week', '--date', date]);
	expect(said.unpriced).toContainEqual({
		model: '=evil()',
		endpoint: 'main',
		unpriced: expect.any(Number) as number,
		unpricedModel: '=evil()',
		unpricedFor: 'model',
		write: expect.arrayContaining([
			'[prices."=evil()"]  # US dollars for a million tokens',
		]) as string[],
	});
	expect(said.partial.length).toBeGreaterThan(0);
	const {stdout} = await run(['summary', '--week', '--date', date], {
		home: home.folder,
	});
	expect(stdout).toContain('[prices."claude-opus-4-6"]');
	expect(stdout).toContain('broke off: counted as far as seen');
});

describe('piped', () => {
	test('it is plain, and 80 columns wide', async () => {
		using home = testHome(berlin);
		await fill(home.log, someDays);
		const {stdout, code, stderr} = await run(['summary', '--date', date], {
			home: home.folder,
			env: {NO_COLOR: '', FORCE_COLOR: undefined},
		});
		expect({code, stderr}).toEqual({code: 0, stderr: ''});
		expect(stdout).not.toContain('\u{1B}');
		expect(stdout).toMatchSnapshot();
	});

	test('it is as wide, as coloured and as plain as it is told to be', async () => {
		using home = testHome(berlin);
		await fill(home.log, someDays);
		const args = ['summary', '--date', date];
		const narrow = await run([...args, '--columns', '40', '--ascii'], {
			home: home.folder,
		});
		expect(
			Math.max(...narrow.stdout.split('\n').map((line) => line.length)),
		).toBe(40);
		expect(narrow.stdout).toMatch(/^- models -{20,}$/m);
		const coloured = await run(args, {
			home: home.folder,
			env: {NO_COLOR: '', FORCE_COLOR: '1'},
		});
		expect(coloured.stdout).toContain('\u{1B}[1m');
	});

	test('Markdown is a table', async () => {
		using home = testHome(berlin);
		await fill(home.log, someDays);
		const {stdout} = await run(['summary', '--markdown', '--date', date], {
			home: home.folder,
		});
		expect(stdout).toMatch(
			/^\*\*Friday 20 November 2026\*\* \(Europe\/Berlin\): ≥\$/,
		);
		expect(stdout).toContain('| **total** ');
	});
});

test('it reads while a passthrough writes, and counts days as that one does', async () => {
	using home = testHome(
		'[server]\nport = 0\n[endpoints.main]\nurl = "http://127.0.0.1:9"\n[day]\ntimezone = "Asia/Tokyo"\nstarts_at = "04:00"\n',
	);
	await using serving = await startServe(home.folder);
	const write = (toml: string) => {
		fs.writeFileSync(home.file('config.toml'), toml, {mode: 0o600});
	};

	const newYork = '[server]\nport = 0\n[day]\ntimezone = "America/New_York"\n';
	// An edit that is broken is not in force.
	write(`${newYork}starts = "now"\n`);
	expect(await json(home.folder, ['--date', date])).toMatchObject({
		timezone: 'Asia/Tokyo',
		since: Date.parse('2026-11-20T04:00:00+09:00'),
		until: Date.parse('2026-11-21T04:00:00+09:00'),
	});
	write(newYork);
	await vi.waitFor(
		async () => {
			const {config} = (await askIdentity(serving.url))!;
			expect(config.day!.timezone).toBe('America/New_York');
		},
		{timeout: 10_000},
	);
	expect(await json(home.folder, ['--date', date])).toMatchObject({
		timezone: 'America/New_York',
	});
	serving.child.kill('SIGTERM');
	await serving.ended;
	expect(await json(home.folder, ['--date', date])).toMatchObject({
		timezone: 'America/New_York',
		since: Date.parse('2026-11-20T00:00:00-05:00'),
	});
});

test("without a config days are those of this machine's zone", async () => {
	using home = testHome();
	await fill(home.log, [['2026-11-20T10:00:00Z']]);
	const {stdout} = await run(['summary', '--json', '--date', date], {
		home: home.folder,
		env: {TZ: 'Asia/Kathmandu'},
	});
	expect(JSON.parse(stdout)).toMatchObject({
		timezone: 'Asia/Kathmandu',
		since: Date.parse('2026-11-20T00:00:00+05:45'),
	});
});

test('a day without requests is one sentence', async () => {
	using home = testHome(berlin);
	await fill(home.log, [['2026-11-20T10:00:00Z']]);
	const {stdout, code} = await run(['summary', '--date', '2026-11-19'], {
		home: home.folder,
	});
	expect({stdout, code}).toEqual({
		stdout: 'No requests (Thursday 19 November 2026, Europe/Berlin).\n',
		code: 0,
	});
});

test('without a log it says so', async () => {
	using home = testHome();
	const {code, stdout, stderr} = await run(['summary'], {home: home.folder});
	expect({code, stdout}).toEqual({code: 1, stdout: ''});
	expect(stderr.split('\n', 1)[0]).toBe(
		`There is no usage log yet: ${home.log}`,
	);
	expect(fs.readdirSync(home.folder)).toEqual([]);
});

test.each([
	['no database', 'just notes', 'The usage log is broken: '],
	['an empty file', '', 'This is no usage log, or one of an older version: '],
])('%s in its place is said in words', async (_what, content, beginning) => {
	using home = testHome();
	fs.writeFileSync(home.log, content);
	const {code, stdout, stderr} = await run(['summary'], {home: home.folder});
	expect({code, stdout}).toEqual({code: 1, stdout: ''});
	expect(stderr.split('\n')).toHaveLength(3);
	expect(stderr.startsWith(`${beginning}${home.log}\n`)).toBe(true);
	expect(fs.readdirSync(home.folder)).toEqual(['usage.db']);
});

test.each([
	[
		['--by', 'modell'],
		'--by modell is nothing that can be summed by.',
		'Did you mean model?',
	],
	[
		['--json', '--csv'],
		'--json and --csv do not go together.',
		'Write one of them',
	],
	[
		['--date', '2026-13-01'],
		'--date 2026-13-01 is no day.',
		'Write a date like',
	],
	[
		['--date', 'today', '--since', '7d'],
		'--date and --since do not go together.',
		'',
	],
	[['--columns', '3'], '--columns takes a whole number from 32 to 1000.', ''],
	[['--weak'], 'There is no option --weak here.', 'Did you mean --week?'],
	[['today'], '"today" is one word too many.', ''],
])('%j is wrong usage', async (args, message, hint) => {
	using home = testHome();
	const {code, stdout, stderr} = await run(['summary', ...args], {
		home: home.folder,
	});
	const lines = stderr.split('\n');
	expect({code, stdout, message: lines[0], more: lines.slice(2)}).toEqual({
		code: 2,
		stdout: '',
		message,
		more: [''],
	});
	expect(lines[1]).toContain(hint);
});
