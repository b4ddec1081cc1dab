import {describe, expect, test} from 'vitest';
import type {Active} from '../../source/control/steering.js';
import {steeringOf} from '../../source/monitor/steering-of.js';
import type {Model} from '../../source/monitor/model.js';
import {footer} from '../../source/monitor/layout/footer.js';
import {frameOf} from '../../source/monitor/layout/frame.js';
import {header} from '../../source/monitor/layout/header.js';
import {helpLines} from '../../source/monitor/layout/help.js';
import {glyphsFor} from '../../source/monitor/theme.js';
import {update, type Message} from '../../source/monitor/update.js';
import {lineText} from './frame-text.js';
import {
	sampleConfig,
	sampleIdentity,
	sampleNowMs,
	sampleRow,
} from './sample-rows.js';
import {
	active,
	change,
	pause,
	pausedLive,
	sampleSteering,
	standing,
	steeredConfig,
	steeredModel,
	steerings,
	steers,
} from './sample-steering.js';

const glyphs = glyphsFor(false);

const press = (model: Model, ...keys: readonly string[]): Model => {
	let now = model;
	for (const key of keys) {
		now = update(now, {kind: 'pressed', key});
	}

	return now;
};

const after = (model: Model, ...messages: readonly Message[]): Model => {
	let now = model;
	for (const message of messages) {
		now = update(now, message);
	}

	return now;
};

const head = (model: Model, columns = 60): string =>
	lineText(header(model, columns, glyphs));
const foot = (model: Model, columns = 60): string =>
	lineText(footer(model, columns, glyphs));
const top = (model: Model): readonly string[] =>
	frameOf(model).top.map((line) => lineText(line).trimEnd());

const wished = (
	name: 'active' | 'pause',
	came: {change: number} | {problem: string},
	ms = 0,
): Message => ({kind: 'wished', name, came, nowMs: sampleNowMs + ms});

const tick = (ms: number): Message => ({
	kind: 'tick',
	nowMs: sampleNowMs + ms,
});

describe('the first line says which alias is active', () => {
	test.each([
		['steady', 40, '● LIVE  main → glm-5.2             14:32'],
		[
			'steady',
			60,
			'● LIVE  main → glm-5.2                       :4141  14:32:07',
		],
		['steady', 20, '● LIVE  main→glm-5.2'],
		['timed', 40, '● LIVE  deep → opus-4-8  13m left  14:32'],
		[
			'timed',
			60,
			'● LIVE  deep → claude-opus-4-8  13m left, then main 14:32:07',
		],
		[
			'counted',
			60,
			'● LIVE  fast → qwen3.6-flash  3 requests left       14:32:07',
		],
		['asAsked', 40, '● LIVE  as-asked → kissapi         14:32'],
		['paused', 40, '‖ PAUSED  main → glm-5.2           14:32'],
	] as const)('%s in %i columns', (name, columns, expected) => {
		const model = steeredModel({}, [], {steering: steerings[name]});
		expect(head(model, columns)).toBe(expected);
	});

	test('says what a counted switch falls back to where there is room', () => {
		const model = steeredModel({}, [], {
			steering: {active: change(active('fast', {requestsLeft: 1}, 'deep'))},
		});
		expect(head(model, 100)).toContain('1 request left, then deep');
	});

	test.each([
		[100, '  2 requests or 9s left, then as-asked '],
		[66, '  2 requests or 9s left '],
		[56, '  2 req or 9s '],
	])(
		'says the count and the time where either ends a switch, in %i columns',
		(columns, expected) => {
			const until = sampleNowMs + 9000;
			const model = steeredModel({}, [], {
				steering: {active: change(active('fast', {requestsLeft: 2, until}))},
			});
			expect(head(model, columns)).toContain(expected);
		},
	);

	test('tells where it listens where there is no alias to tell of', () => {
		const model = steeredModel({}, [
			{
				kind: 'passthrough',
				row: sampleRow({
					config: sampleConfig,
					steering: sampleSteering({active: change(active(null))}),
					heartbeatAt: sampleNowMs + 100,
				}),
			},
		]);
		expect(head(model)).toContain('127.0.0.1:4141 → anthropic');
	});
});

describe('what is in force', () => {
	const identity = (changed: number): Message => ({
		kind: 'supervisor',
		state: {
			kind: 'joined',
			identity: sampleIdentity({
				config: steeredConfig,
				steering: sampleSteering({
					change: changed,
					active: change(active('deep')),
				}),
			}),
		},
		nowMs: sampleNowMs,
	});
	const row = (changed: number, instance = 'one'): Message => ({
		kind: 'passthrough',
		row: sampleRow({
			instance,
			config: steeredConfig,
			steering: sampleSteering({change: changed}),
		}),
	});
	test.each([
		['the row', [identity(3), row(4)], 'main'],
		['the port where the row stands still', [identity(5), row(4)], 'deep'],
		[
			'the port where the row is of another',
			[identity(3), row(4, 'two')],
			'deep',
		],
	] as const)('is what %s says', (_name, messages, alias) => {
		const model = steeredModel({quiet: true}, messages);
		expect(steeringOf(model)?.active.value.alias).toBe(alias);
	});
});

describe('pausing', () => {
	test('is shown as asked for until the passthrough confirms it', () => {
		const asked = press(steeredModel(), 'p');
		expect(asked.asked.pause?.value).toEqual(pause('hold'));
		expect(head(asked)).toContain('‖ PAUSING…  main → glm-5.2');
		const written = after(asked, wished('pause', {change: 4}));
		expect(head(written)).toContain('PAUSING…');
		const older = after(written, steers({change: 3}));
		expect(head(older)).toContain('PAUSING…');
		const paused = after(
			written,
			steers({change: 4, pause: change(pause('hold'))}),
		);
		expect(head(paused)).toContain('‖ PAUSED ');
		expect(head(press(paused, ' '))).toContain('‖ RESUMING…');
	});

	test('is ended by the same key, also before it was confirmed', () => {
		const twice = press(steeredModel(), 'p', 'p');
		expect(twice.asked.pause?.value).toEqual(pause('off'));
	});

	test('refuses where the config says so', () => {
		const model = steeredModel({}, [
			{
				kind: 'passthrough',
				row: sampleRow({
					config: {...steeredConfig, hold: {silentMs: 1, mode: 'refuse'}},
					steering: sampleSteering(),
					heartbeatAt: sampleNowMs + 100,
				}),
			},
		]);
		expect(press(model, 'p').asked.pause?.value.mode).toBe('refuse');
	});

	test('that is not confirmed in two seconds is told of in red, until it is or esc is pressed', () => {
		const asked = after(
			press(steeredModel({columns: 100}), 'p'),
			wished('pause', {change: 4}),
		);
		expect(top(after(asked, tick(1900)))).toHaveLength(1);
		const late = after(asked, tick(2000));
		expect(top(late)[1]).toBe(
			' NOT PAUSED YET, asked 2s ago - the passthrough has not confirmed it',
		);
		expect(frameOf(late).top[1]?.[0]?.[1]).toBe('alarm');
		expect(top(press(late, 'esc'))).toHaveLength(1);
		expect(top(after(late, steers({change: 4})))).toHaveLength(1);
	});

	test('that still waits to be written is not said to be unconfirmed', () => {
		const asked = press(steeredModel({columns: 100}), 'p');
		expect(top(after(asked, tick(2500)))).toHaveLength(1);
		expect(head(after(asked, tick(2500)))).toContain('‖ PAUSING…');
	});

	test('that cannot be written is told of at once, and nothing is assumed', () => {
		const model = after(
			press(steeredModel(), 'p'),
			wished('pause', {problem: 'the disk is full'}),
		);
		expect(head(model)).toContain('● LIVE');
		expect(top(model)[1]).toBe(
			' NOT PAUSED: the disk is full (esc hides this)',
		);
		expect(press(model, 'p').asked.pause?.value.mode).toBe('hold');
	});

	test.each([
		[
			'paused',
			'paused',
			'PAUSED until 14:42: 4 held, p resumes - by a command: the deploy runs',
		],
		[
			'refusing',
			'paused',
			'PAUSED since 14:32: new requests are refused, p resumes - by a key in the monitor',
		],
		[
			'strikes',
			'strikes',
			'PAUSED until 14:40: 4 held, p goes on - by strikes: one request failed three times, the last with 529 overloaded',
		],
	] as const)(
		'%s has a banner that says who, why, until when and how many wait',
		(name, reason, expected) => {
			const steering = steerings[name];
			const live = pausedLive(reason);
			const model = steeredModel({columns: 140, rows: 30}, [], {
				steering,
				live,
			});
			expect(top(model)[1]).toBe(` ${expected}`);
			const looking = steeredModel(
				{columns: 140, rows: 30, readOnly: true},
				[],
				{
					steering,
					live,
				},
			);
			expect(top(looking)[1]).not.toMatch(/\bp (?:resumes|goes on)/v);
		},
	);
});

describe('switching', () => {
	const value = (model: Model): Active | undefined => model.asked.active?.value;

	test.each([
		['1', undefined],
		['2', 'deep'],
		['3', 'fast'],
		['4', 'local'],
		['5', undefined],
		['0', null],
	] as const)('by %s asks for %s', (key, alias) => {
		expect(value(press(steeredModel(), key))?.alias).toBe(alias);
		expect(value(press(steeredModel(), 'a', key))?.alias).toBe(alias);
	});

	test('by a digit beyond the last alias says how many there are', () => {
		const many = press(steeredModel(), '5');
		expect(many.asked).toEqual(steeredModel().asked);
		expect(foot(many)).toBe('There are 4 aliases.');
		const one = steeredModel({}, [
			{
				kind: 'passthrough',
				row: sampleRow({
					config: {
						...steeredConfig,
						aliases: steeredConfig.aliases.slice(0, 1),
					},
					steering: sampleSteering(),
					heartbeatAt: sampleNowMs + 100,
				}),
			},
		]);
		expect(foot(press(one, '2'))).toBe('There is 1 alias.');
	});

	test('is shown as asked for, with its cost and how to undo it', () => {
		const model = press(steeredModel(), '2');
		expect(head(model)).toContain('● LIVE  → deep…');
		expect(foot(model, 100)).toBe(
			'main → deep, cache to rewrite 140k ≈ $0.88: signed thinking may be refused, u undoes',
		);
		expect(foot(model)).toBe(
			'main → deep ≈ $0.88: thinking may fail, u undoes',
		);
		expect(foot(model, 40)).toBe('main → deep: thinking may fail, u undoes');
		expect(foot(after(model, tick(5000)))).toMatch(/^\? help/v);
	});

	test('says the tokens alone where the price is not known', () => {
		expect(foot(press(steeredModel(), '4'))).toBe(
			'main → local, rewrites 241k: thinking may fail, u undoes',
		);
	});

	test('is undone by u, back to what held before', () => {
		const model = steeredModel({}, [], {steering: steerings.timed});
		const undone = press(model, '3', 'u');
		expect(value(undone)).toEqual(steerings.timed.active.value);
		expect(foot(undone)).toBe('deep again; what the cache lost stays lost');
		expect(foot(press(undone, 'u'))).toBe('No switch to undo.');
	});

	test('is undone to what the one before would have fallen back to meanwhile', () => {
		const model = steeredModel({}, [], {steering: steerings.timed});
		const later = after(press(model, '3'), tick(800_000));
		expect(value(press(later, 'u'))).toEqual(active('main'));
	});

	test('is not undone where somebody else has switched since', () => {
		const model = after(
			press(steeredModel(), '2'),
			wished('active', {change: 4}),
			steers({change: 5, active: change(active('fast'))}),
		);
		expect(foot(model)).not.toContain('undoes');
		const undone = press(model, 'u');
		expect(value(undone)).toBeUndefined();
		expect(foot(undone)).toBe('Switched elsewhere since.');
	});

	test('to the active one only makes it stay', () => {
		const counted = steeredModel({}, [], {steering: steerings.counted});
		expect(value(press(counted, '3'))).toEqual(active('fast'));
		const steady = press(steeredModel(), '1');
		expect(value(steady)).toBeUndefined();
		expect(foot(steady)).toBe('main is active already.');
	});

	test.each([
		[[], 'fast'],
		[['j'], 'local'],
		[['k', 'k'], 'main'],
		[['G'], null],
	])('in the picker after %j asks for %s', (keys, alias) => {
		const model = press(
			steeredModel({}, [], {steering: steerings.counted}),
			'a',
		);
		expect(model).toMatchObject({overlay: 'picker', picked: 'fast'});
		const moved = press(model, ...keys);
		expect(press(moved, 'esc')).toMatchObject({
			overlay: 'none',
			asked: {active: undefined},
		});
		expect(press(moved, 'enter')).toMatchObject({
			overlay: 'none',
			asked: {active: {value: {alias}}},
		});
	});

	test('the picker ends at both ends', () => {
		expect(press(steeredModel(), 'a', 'k').picked).toBe('main');
		expect(press(steeredModel(), 'a', 'G', 'j').picked).toBeNull();
		expect(press(steeredModel(), 'a', 'G', 'g').picked).toBe('main');
	});
});

describe('where nothing can be steered', () => {
	test('a says how to have an alias, digits nothing', () => {
		const model = steeredModel({}, [
			{
				kind: 'passthrough',
				row: sampleRow({
					config: sampleConfig,
					steering: sampleSteering({active: change(active(null))}),
					heartbeatAt: sampleNowMs + 100,
				}),
			},
		]);
		expect(foot(press(model, 'a'), 100)).toBe(
			'No alias yet. In config.toml: [aliases.NAME], below it targets = ["anthropic/MODEL"]',
		);
		expect(press(model, 'a').overlay).toBe('none');
		for (const key of ['1', '0']) {
			expect(press(model, key)).toEqual(model);
		}

		expect(foot(model)).not.toContain('a alias');
		expect(foot(model)).toContain('p pause');
	});

	test('keys say that no passthrough is there', () => {
		const model = after(steeredModel(), {
			kind: 'supervisor',
			state: {kind: 'stopped'},
			nowMs: sampleNowMs,
		});
		for (const key of ['p', 'a', '2', 'u']) {
			const pressed = press(model, key);
			expect(foot(pressed)).toBe('No passthrough is there to be steered.');
			expect(pressed.asked).toEqual(model.asked);
		}
	});

	test('a monitor that only looks has neither the keys nor their hints', () => {
		const model = steeredModel({readOnly: true});
		for (const key of ['p', ' ', 'a', '1', '0', 'u']) {
			expect(press(model, key)).toBe(model);
		}

		expect(foot(model)).toBe('? help  enter detail  / filter  s sort  q quit');
		const help = helpLines(model, 60, glyphs).map((line) => lineText(line));
		expect(help.join('\n')).not.toMatch(/pause|alias|undo|stop/v);
	});
});

describe('how endpoints stand', () => {
	const line = (columns: number, given = steerings.troubled): string[] =>
		top(steeredModel({columns, rows: 30}, [], {steering: given})).slice(1);

	test.each([
		[
			100,
			'kissapi 4/8 slots, 3 queued · anthropic/claude-opus-4-8 open 12s · local probing',
		],
		[66, 'kissapi 4/8 slots, 3 queued · anthropic/opus-4-8 open 12s +1'],
	])(
		'is one line where there is something to say, in %i columns',
		(columns, expected) => {
			expect(line(columns)).toEqual([expected]);
		},
	);

	test('is not said where there is no room, and where there is nothing to say', () => {
		expect(line(59)).toEqual([]);
		expect(line(100, {endpoints: [standing('kissapi', {inUse: 8})]})).toEqual(
			[],
		);
	});

	test('tells of full slots', () => {
		const endpoints = [standing('kissapi', {inUse: 8, queued: 2})];
		expect(line(100, {endpoints})).toEqual(['kissapi 8 slots full, 2 queued']);
	});

	test('a config that is not taken is told of', () => {
		const model = steeredModel({columns: 120, rows: 30}, [], {
			steering: steerings.misconfigured,
		});
		expect(top(model)[1]).toBe(
			' CONFIG NOT TAKEN, the old one holds: config.toml:14: "kisapi" is no endpoint; did you mean "kissapi"?',
		);
	});
});
