import {setTimeout as delay} from 'node:timers/promises';
import {cleanup} from 'ink-testing-library';
import {afterEach, describe, expect, test, vi} from 'vitest';
import {App} from '../../source/monitor/components/app.js';
import {LogFollower} from '../../source/monitor/log-follower.js';
import {startModel} from '../../source/monitor/model.js';
import {renderOnce} from '../../source/monitor/render-once.js';
import {sendWishes} from '../../source/monitor/send-wishes.js';
import {createStore} from '../../source/monitor/store.js';
import {paletteFor} from '../../source/monitor/theme.js';
import {renderAt} from '../helpers/render-at.js';
import {sampleIdentity, sampleNowMs, sampleRow} from './sample-rows.js';
import {
	cappedLive,
	change,
	pause,
	pausedLive,
	sampleSteering,
	steeredAttempts,
	steeredConfig,
	steeredExchanges,
	steeredModel,
	steerings,
} from './sample-steering.js';
import {firstChange, standInLog, standInWorld} from './stand-in-world.js';

afterEach(() => {
	cleanup();
});

const steeringRow = (given: Parameters<typeof sampleSteering>[0] = {}) =>
	sampleRow({config: steeredConfig, steering: sampleSteering(given)});

const open = async (
	given: {
		readOnly?: boolean;
		refuseWish?: () => void;
	} = {},
) => {
	const log = standInLog();
	const clock = {nowMs: sampleNowMs};
	const world = standInWorld(log, {
		clock,
		identity: sampleIdentity({config: steeredConfig}),
		rows: [steeringRow()],
		refuseWish: given.refuseWish,
	});
	const store = createStore(
		startModel({
			nowMs: sampleNowMs,
			columns: 60,
			rows: 20,
			ascii: false,
			readOnly: given.readOnly ?? false,
			notices: [],
		}),
	);
	store.send({
		kind: 'supervisor',
		state: world.supervisor.current(),
		nowMs: sampleNowMs,
	});
	const follower = new LogFollower(world, store);
	follower.second();
	store.send({kind: 'tick', nowMs: sampleNowMs});
	const stop = sendWishes(store, world);
	const screen = await renderAt(
		<App
			store={store}
			palette={paletteFor({NO_COLOR: '1'})}
			effects={{redraw: () => undefined, suspended: async () => undefined}}
		/>,
		60,
		20,
	);
	const head = () => screen.frame().split('\n', 1)[0];
	return {...screen, head, log, world, store, follower, clock, stop};
};

const busy = new Error('the log is busy', {
	cause: Object.assign(new Error('database is locked'), {code: 'SQLITE_BUSY'}),
});

describe('a key', () => {
	test('writes what shall be in force, and believes only what the passthrough says of it', async () => {
		const {press, head, world, log, follower, stop} = await open();
		await press('p');
		expect(world.wishes).toEqual([{name: 'pause', value: pause('hold')}]);
		expect(head()).toContain('‖ PAUSING…');
		world.rows[0] = steeringRow({
			change: firstChange,
			pause: change(pause('hold'), {change: firstChange}),
		});
		log.version++;
		follower.poll();
		await delay(20);
		expect(head()).toContain('‖ PAUSED ');
		stop();
	});

	test('pressed twice in one read is somebody typing elsewhere', async () => {
		const {press, world, stop} = await open();
		await press('pp');
		await press('a1');
		await press('\u{1B}[200~p\u{1B}[201~');
		expect(world.wishes).toEqual([]);
		stop();
	});

	test('picks an alias, and takes the switch back', async () => {
		const {press, frame, world, stop} = await open();
		await press('a');
		expect(frame()).toContain('─ active alias ');
		expect(frame()).toMatch(/❯ 1 main +glm-5\.2 \+1/v);
		await press('j');
		await press('\r');
		expect(frame()).not.toContain('─ active alias ');
		expect(frame()).toContain('→ deep…');
		expect(frame()).toContain('main → deep, u undoes');
		await press('u');
		expect(
			world.wishes.map((wish) => 'alias' in wish.value && wish.value.alias),
		).toEqual(['deep', 'main']);
		stop();
	});

	test('that cannot be written says so and is not asked again', async () => {
		let tries = 0;
		const {press, frame, stop} = await open({
			refuseWish() {
				tries++;
				throw new Error('the usage log is busy');
			},
		});
		await press('p');
		expect(frame()).toContain('● LIVE');
		expect(frame()).toContain('NOT PAUSED: the usage log is busy');
		await press('j');
		expect(tries).toBe(1);
		stop();
	});

	test('is drawn as asked for before it is written', async () => {
		const {store, world, stop} = await open();
		store.send({kind: 'pressed', key: 'p'});
		expect(store.drawn().asked.pause?.value).toEqual(pause('hold'));
		expect(world.wishes).toEqual([]);
		await vi.waitUntil(() => world.wishes.length > 0);
		stop();
	});

	test('is written as soon as another writer lets the log go', async () => {
		let tries = 0;
		const {press, head, world, stop} = await open({
			refuseWish() {
				if (++tries < 4) {
					throw busy;
				}
			},
		});
		await press('p');
		expect(head()).toContain('‖ PAUSING…');
		await vi.waitUntil(() => world.wishes.length > 0);
		expect(tries).toBe(4);
		expect(head()).toContain('‖ PAUSING…');
		stop();
	});

	test('is given up, and said to be, when another writer keeps the log for two seconds', async () => {
		const {press, frame, clock, store, stop} = await open({
			refuseWish() {
				throw busy;
			},
		});
		await press('p');
		clock.nowMs += 1999;
		store.send({kind: 'tick', nowMs: clock.nowMs});
		await delay(150);
		expect(frame()).toContain('‖ PAUSING…');
		expect(frame()).not.toContain('NOT PAUSED');
		clock.nowMs += 1;
		await vi.waitUntil(() => frame().includes('NOT PAUSED: the log is busy'));
		stop();
	});

	test('is written before the monitor is left', async () => {
		const {store, world, stop} = await open();
		store.send({kind: 'pressed', key: 'p'});
		stop();
		expect(world.wishes).toEqual([{name: 'pause', value: pause('hold')}]);
	});

	test('of a monitor that only looks writes nothing', async () => {
		const {press, world, frame, stop} = await open({readOnly: true});
		const before = frame();
		await press('p');
		await press('2');
		await press('a');
		expect(world.wishes).toEqual([]);
		expect(frame()).toBe(before);
		stop();
	});
});

describe('at the cap', () => {
	const ask = async (given: Parameters<typeof open>[0] = {}) => {
		const opened = await open(given);
		opened.world.rows[0] = steeringRow(steerings.reached);
		opened.log.exchanges = [...steeredExchanges];
		opened.log.live = [...cappedLive];
		opened.log.version++;
		opened.log.revision++;
		opened.follower.poll();
		opened.clock.nowMs += 500;
		opened.store.send({kind: 'tick', nowMs: opened.clock.nowMs});
		await delay(50);
		return opened;
	};

	test('the keys write decisions, and the row says so until it is followed', async () => {
		const {press, frame, log, world, follower, stop} = await ask();
		expect(frame()).toContain('DAILY CAP REACHED $20.03 of $20 - 2 held');
		await press('1');
		expect(frame()).toContain('once…');
		await press('n');
		expect(world.decisions).toEqual([
			{exchange: 349, kind: 'once'},
			{exchange: 348, kind: 'refuse'},
		]);
		log.live = log.live.slice(0, 2);
		log.version++;
		follower.poll();
		await vi.waitUntil(() => !frame().includes('once…'));
		stop();
	});

	test('raising reads what is there and adds to it', async () => {
		const {press, frame, world, stop} = await ask();
		const {from} = world.rows[0]!.steering!.keys![0]!;
		world.caps['default'] = {from, nanodollars: 25e9, tokens: null};
		await press('+');
		expect(frame()).toContain("Raise today's cap of default by $5 to $25? y/n");
		await press('y');
		expect(world.caps).toEqual({
			default: {from, nanodollars: 30e9, tokens: null},
		});
		stop();
	});

	test('a figure may come in one read, as nothing else may', async () => {
		const {press, frame, world, stop} = await ask();
		await press('c');
		await press('27.50');
		expect(frame()).toContain("today's cap of default, $20 now: $27.50_");
		await press('\u{7F}');
		await press('\r');
		expect(world.caps['default']?.nanodollars).toBe(27.5e9);
		stop();
	});

	test('an answer that another writer delays is written when he lets go', async () => {
		let tries = 0;
		const {press, world, stop} = await ask({
			refuseWish() {
				if (++tries < 4) {
					throw busy;
				}
			},
		});
		await press('1');
		await vi.waitUntil(() => world.decisions.length > 0);
		expect(tries).toBe(4);
		stop();
	});

	test('an answer is written before the monitor is left', async () => {
		const {store, world, stop} = await ask();
		store.send({kind: 'pressed', key: '1'});
		stop();
		expect(world.decisions).toEqual([{exchange: 349, kind: 'once'}]);
	});
});

test('what somebody else changed is drawn with the poll that sees it', async () => {
	const {head, world, log, follower, store, stop} = await open();
	const drawn: number[] = [];
	store.subscribe(() => {
		drawn.push(store.drawn().passthrough!.steering!.change);
	});
	world.rows[0] = steeringRow({change: 50, ...steerings.timed});
	log.version++;
	follower.poll();
	expect(drawn).toEqual([50]);
	await delay(20);
	expect(head()).toContain('deep → claude-opus-4-8');
	stop();
});

test.each([
	['another config', {configReadAt: sampleNowMs}],
	['a config that is not taken', {configProblem: 'config.toml:1: no'}],
	['what waits for a restart', {needsRestart: ['server.port']}],
])('%s is drawn with the poll that sees it', async (_what, given) => {
	const {world, log, follower, store, stop} = await open();
	const drawn: unknown[] = [];
	store.subscribe(() => {
		drawn.push(store.drawn().passthrough!.steering);
	});
	world.rows[0] = steeringRow(given);
	log.version++;
	follower.poll();
	expect(drawn).toMatchObject([given]);
	stop();
});

test('the plain frame tells of the pause without the key that ends it', async () => {
	const world = standInWorld(
		standInLog({
			exchanges: [...steeredExchanges],
			attempts: [...steeredAttempts],
			live: [...pausedLive()],
		}),
		{
			clock: {nowMs: sampleNowMs},
			identity: sampleIdentity({config: steeredConfig}),
			rows: [steeringRow(steerings.paused)],
		},
	);
	const text = await renderOnce(world, {columns: 60, ascii: false});
	expect(text.split('\n').slice(0, 3)).toEqual([
		'‖ PAUSED  main → glm-5.2                     :4141  14:32:07',
		' PAUSED until 14:42: 4 held - by a command: the deploy runs',
		expect.stringContaining('tok/s'),
	]);
});

describe('the picker', () => {
	const lines = async (columns: number) => {
		const store = createStore(
			steeredModel({columns, rows: 14}, [{kind: 'pressed', key: 'a'}], {
				steering: steerings.timed,
			}),
		);
		return renderAt(
			<App
				store={store}
				palette={paletteFor({NO_COLOR: '1'})}
				effects={{redraw: () => undefined, suspended: async () => undefined}}
			/>,
			columns,
			14,
		).then(({frame}) => frame().split('\n').slice(1));
	};

	test.each([40, 60, 100])(
		'has what each alias costs, in %i columns',
		async (columns) => {
			expect(await lines(columns)).toMatchSnapshot();
		},
	);
});
