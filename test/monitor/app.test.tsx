import {setTimeout as delay} from 'node:timers/promises';
import {cleanup} from 'ink-testing-library';
import {afterEach, describe, expect, test} from 'vitest';
import {App} from '../../source/monitor/components/app.js';
import {LogFollower} from '../../source/monitor/log-follower.js';
import {startModel, type Model} from '../../source/monitor/model.js';
import {renderOnce} from '../../source/monitor/render-once.js';
import {createStore, type Store} from '../../source/monitor/store.js';
import {
	glyphsFor,
	needsAscii,
	paletteFor,
	toneNames,
} from '../../source/monitor/theme.js';
import {renderAt} from '../helpers/render-at.js';
import {
	joined,
	sampleAttempts,
	sampleExchanges,
	sampleLive,
	sampleModel,
	sampleTotals,
} from './sample-model.js';
import {
	exchangeRow,
	liveRow,
	sampleIdentity,
	sampleNowMs,
	sampleRow,
} from './sample-rows.js';
import {standInLog, standInWorld, write} from './stand-in-world.js';

const palette = paletteFor({NO_COLOR: '1'});

afterEach(() => {
	cleanup();
});

const show = async (
	model: Model,
	{columns = 60, rows = 30}: {columns?: number; rows?: number} = {},
) => {
	const store = createStore(model);
	const done: string[] = [];
	const effects = {
		redraw() {
			done.push('redraw');
		},
		async suspended() {
			done.push('suspended');
		},
	};
	const screen = await renderAt(
		<App store={store} palette={palette} effects={effects} />,
		columns,
		rows,
	);
	return {...screen, store, done};
};

describe('a key', () => {
	test('shows the help, made of the key table, and takes it away again', async () => {
		const {frame, press} = await show(sampleModel());
		await press('?');
		expect(frame()).toContain('stop passthrough, quit');
		await press('G');
		expect(frame()).toContain('‖ held');
		await press('\u{1B}');
		expect(frame()).not.toContain('stop passthrough, quit');
	});

	test('that moves may come several times in one read', async () => {
		const {frame, press} = await show(sampleModel());
		await press('jjj');
		expect(frame()).toContain('▷❯opus-4-8');
		await press('\r');
		expect(frame()).toContain('─ request 347 ');
		expect(frame()).toContain('14s since the last byte');
	});

	test.each([
		['\u{1B}[B\u{1B}[B', '▶❯'],
		['G', '✓❯'],
		['\u{4}', '✓❯'],
		['\u{1B}[6~', '✓❯'],
		['\u{1B}[F', '✓❯'],
	])('%j moves the mark', async (keys, marked) => {
		const {frame, press} = await show(sampleModel());
		await press(keys);
		expect(frame()).toContain(marked);
	});

	test('does nothing in text that was meant for another pane', async () => {
		const {frame, press, store} = await show(sampleModel());
		const before = frame();
		await press('quit please');
		await press('\u{1B}[200~Qy\rj\u{1B}[201~');
		expect(frame()).toBe(before);
		expect(store.model().leaving).toBeUndefined();
	});

	test('that cannot act says why in the last line', async () => {
		const {frame, press} = await show(sampleModel({quiet: true}));
		await press('j');
		expect(frame().split('\n').at(-1)).toBe('Nothing to select yet.');
	});

	test('asks in the place of the banner before a running request is lost', async () => {
		const {frame, press, store} = await show(sampleModel());
		await press('Q');
		expect(frame().split('\n', 2)[1]).toBe(
			' 5 requests run. Stop the passthrough? y/n',
		);
		expect(frame().split('\n').at(-1)).toBe('y yes  n no');
		await press('n');
		expect(frame()).not.toContain('y/n');
		await press('Qy');
		expect(store.model().leaving).toBeUndefined();
		await press('Q');
		await press('y');
		expect(store.model().leaving).toBe('quit-and-stop');
		expect(frame()).toContain('STOPPING');
	});

	test('of the terminal is done by its owner', async () => {
		const {press, done} = await show(sampleModel());
		await press('\u{C}');
		expect(done).toEqual(['redraw']);
	});
});

describe('the first line and the banners', () => {
	const say = async (model: Model, columns = 60) => {
		const {frame} = await show(model, {columns, rows: 20});
		return frame().split('\n').slice(0, 4).join('\n');
	};

	test('live, with address, endpoint, uptime and clock', async () => {
		expect(await say(sampleModel(), 100)).toMatch(
			/^● LIVE {2}http:\/\/127\.0\.0\.1:4141 → anthropic \(api\.anthropic\.com\) +up 2h10 {2}14:32:07\n/v,
		);
	});

	test.each<[string, Parameters<typeof sampleModel>, string[]]>([
		[
			'stale',
			[{}, [{kind: 'tick', nowMs: sampleNowMs + 14_000}]],
			['◌ STALE 14s', 'NO NEWS for 14s - figures below are old'],
		],
		[
			'starting',
			[
				{},
				[{kind: 'supervisor', state: {kind: 'starting'}, nowMs: sampleNowMs}],
			],
			['◌ STARTING'],
		],
		[
			'down',
			[
				{},
				[
					{
						kind: 'supervisor',
						state: {
							kind: 'down',
							reason: 'exit code 1',
							retryAtMs: sampleNowMs + 2400,
						},
						nowMs: sampleNowMs,
					},
				],
			],
			['✖ DOWN', 'PASSTHROUGH DOWN - restarting in 3 s: exit code 1'],
		],
		[
			'down for good',
			[
				{},
				[
					{
						kind: 'supervisor',
						state: {kind: 'down', reason: 'no such file', retryAtMs: undefined},
						nowMs: sampleNowMs,
					},
				],
			],
			['PASSTHROUGH DOWN: no such file'],
		],
		[
			'stopped',
			[
				{},
				[{kind: 'supervisor', state: {kind: 'stopped'}, nowMs: sampleNowMs}],
			],
			['✖ STOPPED', 'PASSTHROUGH STOPPED'],
		],
		[
			'draining',
			[{}, [{kind: 'passthrough', row: sampleRow({state: 'draining'})}]],
			['◌ DRAINING', 'running requests finish'],
		],
		[
			'not recording',
			[
				{},
				[
					{
						kind: 'supervisor',
						state: {
							kind: 'joined',
							identity: sampleIdentity({
								recording: false,
								notRecordingSince: new Date(2026, 10, 22, 14, 28).getTime(),
								notRecordingReason: 'the disk is full',
							}),
						},
						nowMs: sampleNowMs,
					},
				],
			],
			['● LIVE', 'NOT RECORDING since 14:28: the disk is full'],
		],
		[
			'unreadable',
			[
				{},
				[
					{
						kind: 'logState',
						log: {kind: 'unreadable', reason: 'file is not a database'},
					},
				],
			],
			['LOG UNREADABLE: file is not a database'],
		],
		[
			'told of a new log',
			[{notices: ['The log was damaged: moved to usage.db.damaged-1.']}],
			['moved to usage.db.damaged-1'],
		],
	])('%s', async (_name, model, expected) => {
		const text = await say(sampleModel(...model));
		for (const part of expected) {
			expect(text).toContain(part);
		}
	});
});

describe('figures that are old', () => {
	test('show no rate as if it were live', async () => {
		const {frame} = await show(
			sampleModel({}, [{kind: 'tick', nowMs: sampleNowMs + 14_000}]),
		);
		expect(frame()).toMatch(/tok\/s .* -\n/v);
		expect(frame()).toMatch(/▶ sonnet-4-6 +48k ~1\.2k +- +1\.2s +- +18s/v);
		expect(frame()).toMatch(/sonnet-4-6 +- +≥\$8\.41 +- ▆+ +212/v);
	});
});

test('a wider pane shows more of what is there, a narrower one less', async () => {
	const {frame, resize} = await show(sampleModel());
	expect(frame()).toContain('FROM');
	await resize(40, 20);
	expect(frame()).not.toContain('FROM');
	expect(frame().split('\n', 1)[0]).toHaveLength(40);
	await resize(200, 50);
	expect(frame()).toContain('│');
});

test('an update that changes no line is not drawn', async () => {
	const {frames, store} = await show(sampleModel(), {columns: 40, rows: 12});
	const before = new Set(frames).size;
	store.send({kind: 'tick', nowMs: sampleNowMs + 20});
	store.send({kind: 'tick', nowMs: sampleNowMs + 40});
	await delay(50);
	expect(new Set(frames).size).toBe(before);
});

describe('the store', () => {
	const counted = (store: Store) => {
		const drawn: number[] = [];
		store.subscribe(() => {
			drawn.push(store.drawn().nowMs);
		});
		return drawn;
	};

	test('draws what happens by itself together, and what the user did at once', async () => {
		const store = createStore(sampleModel());
		const drawn = counted(store);
		store.send({kind: 'pressed', key: 'j'});
		expect(drawn).toHaveLength(1);
		for (let index = 1; index <= 50; index++) {
			store.sendSoon({kind: 'tick', nowMs: sampleNowMs + index});
		}

		expect(drawn).toHaveLength(1);
		expect(store.model().nowMs).toBe(sampleNowMs + 50);
		await delay(400);
		expect(drawn).toEqual([sampleNowMs, sampleNowMs + 50]);
		store.close();
	});

	test('does not draw a message that changes nothing', () => {
		const store = createStore(sampleModel());
		const drawn = counted(store);
		store.send({kind: 'pressed', key: 'z'});
		expect(drawn).toEqual([]);
	});
});

test('follows a log from the first request to its end', async () => {
	const log = standInLog();
	const clock = {nowMs: sampleNowMs};
	const world = standInWorld(log, {
		clock,
		identity: sampleIdentity(),
		rows: [sampleRow()],
	});
	const {frame, store} = await show(
		startModel({
			nowMs: sampleNowMs,
			columns: 60,
			rows: 20,
			ascii: false,
			readOnly: false,
			notices: [],
		}),
		{rows: 20},
	);
	const follower = new LogFollower(world, store);
	store.send({kind: 'supervisor', state: joined, nowMs: sampleNowMs});
	const seen = async () => {
		follower.poll();
		store.send({kind: 'tick', nowMs: clock.nowMs});
		await delay(30);
		return frame();
	};

	follower.second();
	expect(await seen()).toContain('No requests yet.');
	write(log, {exchanges: [exchangeRow(1, {startedAt: sampleNowMs})]});
	expect(await seen()).toMatch(/◦ sonnet-4-6 +- no answer yet/v);
	clock.nowMs += 3000;
	log.live = [
		liveRow(1, {
			state: 'streaming',
			firstByteAt: sampleNowMs + 900,
			firstTokenAt: sampleNowMs + 1000,
			lastByteAt: sampleNowMs + 2900,
			inputTokens: 900,
			estimatedOutputTokens: 120,
		}),
	];
	log.version++;
	world.rows[0] = sampleRow({heartbeatAt: clock.nowMs});
	expect(await seen()).toMatch(/▶ sonnet-4-6 +900 +~120 +60 1\.0s +- 3\.0s/v);
	clock.nowMs += 500;
	log.live = [];
	write(log, {
		exchanges: [
			exchangeRow(1, {
				outcome: 'ok',
				state: null,
				startedAt: sampleNowMs,
				firstTokenAt: sampleNowMs + 1000,
				endedAt: sampleNowMs + 3000,
				usageStatus: 'exact',
				servedModel: 'claude-sonnet-4-6',
				inputTokens: 900,
				outputTokens: 130,
			}),
		],
	});
	expect(await seen()).toMatch(/✓ sonnet-4-6 +900 +130 +65 1\.0s +- 3\.0s/v);
});

test('once prints one plain frame without the hints of keys', async () => {
	const log = standInLog({
		exchanges: [...sampleExchanges(5)],
		attempts: [...sampleAttempts()],
		live: [...sampleLive],
		totals: [...sampleTotals],
	});
	const world = standInWorld(log, {
		clock: {nowMs: sampleNowMs},
		identity: sampleIdentity(),
		rows: [sampleRow()],
	});
	const text = await renderOnce(world, {columns: 60, ascii: false});
	expect(text).toContain('● LIVE');
	expect(text).toContain('✖ sonnet-4-6');
	expect(text).not.toContain('? help');
	expect(text).not.toContain('\u{1B}');
	expect(log.reads.close).toBe(1);
});

describe('the theme', () => {
	test('drops colours where none are wanted, and keeps what marks the selection', () => {
		for (const tone of toneNames) {
			expect(paletteFor({NO_COLOR: '1'})[tone]).not.toHaveProperty('color');
		}

		expect(paletteFor({NO_COLOR: '1'}).inverse).toEqual({
			inverse: true,
			bold: true,
		});
		expect(paletteFor({NO_COLOR: ''}).good).toEqual({color: 'green'});
	});

	test('has a glyph of one cell for everything', () => {
		for (const isAscii of [true, false]) {
			const {sparks, arrow, soon, ...glyphs} = glyphsFor(isAscii);
			expect(
				Object.values(glyphs).filter((glyph) => glyph.length !== 1),
			).toEqual([]);
		}
	});

	test.each([
		[{LANG: 'en_US.UTF-8'}, false],
		[{LANG: 'C.utf8'}, false],
		[{LANG: 'C'}, true],
		[{LANG: 'en_US.UTF-8', LC_ALL: 'POSIX'}, true],
		[{LANG: 'C', LC_CTYPE: 'de_DE.UTF-8'}, false],
		[{LANG: 'en_US.UTF-8', TERM: 'linux'}, true],
		[{}, false],
	])('with %o needs ASCII: %s', (environment, expected) => {
		expect(needsAscii(environment)).toBe(expected);
	});
});
