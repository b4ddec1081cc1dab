import {renderToString} from 'ink';
import stringWidth from 'string-width';
import {describe, expect, test} from 'vitest';
import {Screen} from '../../source/monitor/components/screen.js';
import {frameOf} from '../../source/monitor/layout/frame.js';
import type {Model} from '../../source/monitor/model.js';
import {update, type Message} from '../../source/monitor/update.js';
import {sampleDay, sessionTotals} from './sample-day.js';
import {endedRow, exchangeRow, sampleNowMs, totalsRow} from './sample-rows.js';
import {steeredModel, steerings, steers} from './sample-steering.js';

function press(model: Model, ...keys: readonly string[]): Model {
	let now = model;
	for (const key of keys) {
		now = update(now, {kind: 'pressed', key});
	}

	return now;
}

const drawn = (model: Model): readonly string[] =>
	renderToString(<Screen frame={frameOf(model)} />, {
		columns: model.columns,
	}).split('\n');

const text = (model: Model): string => drawn(model).join('\n');

const looking = (
	key: string,
	given: Parameters<typeof steeredModel>[0] = {},
	messages: readonly Message[] = sampleDay,
): Model =>
	press(steeredModel(given, [...messages, steers(steerings.capped)]), key);

const sizes = [
	[30, 8],
	[40, 20],
	[60, 30],
	[100, 40],
	[200, 50],
	[20, 6],
	[1, 1],
] as const;

describe.each(['d', 'o', 'a'])('what %s shows', (key) => {
	test.each(sizes)('stays in a pane of %d x %d', (columns, rows) => {
		for (const ascii of [false, true]) {
			const lines = drawn(looking(key, {columns, rows, ascii}));
			expect(lines.length).toBeLessThanOrEqual(rows);
			expect(
				Math.max(...lines.map((line) => stringWidth(line))),
			).toBeLessThanOrEqual(columns);
			expect(!ascii || /^[\n\u{20}-\u{7E}]*$/v.test(lines.join('\n'))).toBe(
				true,
			);
		}
	});

	test('is dim and says its age where nothing is heard', () => {
		const model = update(looking(key), {
			kind: 'tick',
			nowMs: sampleNowMs + 60_000,
		});
		expect(text(model)).toContain('STALE');
		expect(text(model)).not.toMatch(/full in|not full|now$/mv);
	});
});

describe('today by hour', () => {
	test.each([40, 60, 100, 200])('is a picture at %d columns', (columns) => {
		const shown = text(looking('d', {columns, rows: 40}));
		expect(shown).toMatch(/by hour ─/v);
		expect(shown).toMatch(/ 00 [\d ]+ 08 [\d ]+ 14 [\d ]+ 20/v);
		expect(shown).toContain('dearest hour 12:00');
		expect(shown).toContain('█');
	});

	test('is all that a low pane shows at first', () => {
		const lines = drawn(looking('d', {columns: 30, rows: 8}));
		expect(lines.slice(3).join('\n')).toMatch(/^\$4\.45 .*█/v);
		expect(lines.join('\n')).toContain('dearest hour 12:00 $4.45');
	});

	test('says what the cap allows, and draws it where columns do not reach', () => {
		const shown = text(looking('d', {columns: 100, rows: 40}));
		expect(shown).toContain('cap allows $0.83 an hour');
		expect(shown).toMatch(/\$0\.83 ─{3}/v);
		expect(text(looking('d', {columns: 100, rows: 40}, sampleDay))).toContain(
			'cap $12.20 of $20, 61%  61% of the day',
		);
	});

	test('has every figure of every model', () => {
		const shown = text(looking('d', {columns: 60, rows: 40}));
		expect(shown).toMatch(
			/glm-5\.2 [^\n\r\u{2028}\u{2029}\u{2586}]*\u{2586}.* \$3\.\d\d/v,
		);
		expect(shown).toContain('unpriced');
		expect(shown).toMatch(
			/93 req {2}3\.1M in {2}2\.5M cached {2}279k written {2}124k out/v,
		);
		expect(shown).toContain('2 × 429');
		expect(shown).toMatch(/31 of 279 requests have no price/v);
	});

	test('goes by tokens where nothing has a price, by requests where those are not known', () => {
		const told = (given: Parameters<typeof totalsRow>[1]) => {
			const row = totalsRow('m', {costNanodollars: 0, ...given});
			const quarter = Math.floor(sampleNowMs / 900_000);
			return text(
				looking('d', {columns: 60, rows: 40}, [
					...sampleDay,
					{kind: 'totals', totals: [row]},
					{kind: 'quarters', quarters: [{...row, quarter}]},
				]),
			);
		};

		expect(told({})).toContain('busiest hour 14:00 103k tokens');
		expect(
			told({
				inputTokens: 0,
				outputTokens: 0,
				cacheReadTokens: 0,
				cacheWriteTokens: 0,
			}),
		).toContain('busiest hour 14:00 10 requests');
	});

	test('of an empty day is a friendly sentence', () => {
		const shown = text(looking('d', {}, [{kind: 'totals', totals: []}]));
		expect(shown).toContain('Nothing was asked today yet.');
	});

	test('moves where the pane is too low', () => {
		const model = looking('d', {columns: 40, rows: 20});
		expect(text(model)).toContain('more');
		expect(text(press(model, 'G'))).toContain('of dollars has them.');
		expect(text(press(model, 'G', 'esc'))).toContain('requests');
	});
});

describe("today's sessions", () => {
	test('are the dearest first, with who asks and what they cost', () => {
		const lines = drawn(looking('o', {columns: 100, rows: 30}));
		const first = lines.findIndex((line) => line.includes('0f3a9c1e'));
		expect(lines[first]).toMatch(
			/^▶ 0f3a9c1e glm-5\.2 .*claude-cli, \d+ agents .* 40 +912k +14k +\$5\.10 ▆+ +now/v,
		);
		expect(lines[first + 1]).toMatch(/^ {2}1000abcd - /v);
		expect(lines.join('\n')).toMatch(/none .*unpriced/v);
	});

	test('have the one that has only just begun', () => {
		const news = {
			revision: 10,
			attempts: [],
			exchanges: [exchangeRow(900, {session: 'brand-new-one'})],
		};
		const shown = text(
			looking('o', {columns: 60, rows: 40}, [
				...sampleDay,
				{kind: 'news', news},
			]),
		);
		expect(shown).toMatch(/▶ brand-ne /v);
	});

	test('that began yesterday and go on are there, whatever has ended of them', () => {
		const news = {
			revision: 9,
			attempts: [],
			exchanges: [
				endedRow(900, {session: 'over-midnight', agoMs: 50_000_000}),
				exchangeRow(901, {session: 'over-midnight'}),
			],
		};
		const shown = text(
			looking('o', {columns: 60, rows: 40}, [
				...sampleDay,
				{kind: 'news', news},
			]),
		);
		expect(shown).toMatch(/▶ over-mid .* 1 +- +- +- +now$/mv);
	});

	test('are said to be the dearest where more are not read; an open one is there all the same', () => {
		const sessions = Array.from({length: 50}, (_, index) =>
			sessionTotals(`dear-${index}`),
		);
		const news = {
			revision: 9,
			attempts: [],
			exchanges: [
				endedRow(900, {session: 'cheap-one'}),
				exchangeRow(901, {session: 'cheap-one'}),
			],
		};
		const shown = text(
			looking('o', {columns: 60, rows: 70}, [
				...sampleDay,
				{kind: 'sessions', sessions},
				{kind: 'news', news},
			]),
		);
		expect(shown).toContain('the 50 dearest sessions');
		// How many requests it had today is not known.
		expect(shown).toMatch(/▶ cheap-on .* - +- +- +- +now$/mv);
	});

	test('are listed by the first word of a name that has several', () => {
		const picked = press(
			looking('o', {}, [
				{kind: 'sessions', sessions: [sessionTotals('nightly run 7')]},
			]),
			'enter',
		);
		expect(picked.filter).toBe('session:nightly');
	});

	test('can be marked, and enter lists the requests of the marked one', () => {
		const model = looking('o', {columns: 60, rows: 12});
		const picked = press(model, 'j', 'j', 'enter');
		expect(picked.overlay).toBe('none');
		expect(picked.filter).toBe('session:1100abcd-0000');
		expect(press(model, 'G', 'k', 'enter').filter).toBe(
			'session:2500abcd-0000',
		);
	});

	test('that were not told of cannot be listed, and it says so', () => {
		const model = press(
			looking('o', {columns: 60}, [
				{kind: 'sessions', sessions: [sessionTotals('')]},
				{
					kind: 'attached',
					news: {
						revision: 9,
						exchanges: [endedRow(1, {session: null})],
						attempts: [],
					},
				},
			]),
			'enter',
		);
		expect(model.filter).toBe('');
		expect(model.remark?.text).toContain('told no session');
	});

	test('that are none yet are a friendly sentence', () => {
		const shown = text(
			looking('o', {}, [
				{
					kind: 'attached',
					news: {revision: 9, exchanges: [], attempts: []},
				},
			]),
		);
		expect(shown).toContain('No session today yet.');
	});
});
