import {describe, expect, test} from 'vitest';
import type {KeyStanding} from '../../source/control/steering.js';
import type {Live} from '../../source/exchange/exchange.js';
import {capQuestionOf} from '../../source/monitor/cap-answers.js';
import {exchangeLines} from '../../source/monitor/layout/exchange-lines.js';
import {listedEntries} from '../../source/monitor/exchange-list.js';
import {frameOf} from '../../source/monitor/layout/frame.js';
import {header} from '../../source/monitor/layout/header.js';
import type {Model} from '../../source/monitor/model.js';
import {glyphsFor} from '../../source/monitor/theme.js';
import {update, type Message} from '../../source/monitor/update.js';
import {lineText} from './frame-text.js';
import {sampleNowMs} from './sample-rows.js';
import {
	cappedLive,
	change,
	keyStanding,
	pause,
	steeredModel,
	steers,
} from './sample-steering.js';

const glyphs = glyphsFor(false);

const reached = (given: Partial<KeyStanding> = {}): readonly KeyStanding[] => [
	keyStanding('default', {
		spentNanodollars: 20.03e9,
		isReached: true,
		...given,
	}),
];

const tick = (ms: number): Message => ({
	kind: 'tick',
	nowMs: sampleNowMs + ms,
});

const after = (model: Model, ...messages: readonly Message[]): Model => {
	let now = model;
	for (const message of messages) {
		now = update(now, message);
	}

	return now;
};

const press = (model: Model, ...keys: readonly string[]): Model =>
	after(model, ...keys.map((key): Message => ({kind: 'pressed', key})));

const asked = (
	given: Partial<KeyStanding> = {},
	{
		live = cappedLive,
		...options
	}: Parameters<typeof steeredModel>[0] & {live?: readonly Live[]} = {},
): Model =>
	steeredModel(options, [tick(500)], {
		steering: {keys: reached(given)},
		live,
	});

const top = (model: Model, columns = 60, rows = 30): readonly string[] =>
	frameOf(update(model, {kind: 'resized', columns, rows})).top.map((line) =>
		lineText(line).trimEnd(),
	);

describe('requests that are held at a cap', () => {
	test('are asked about, those held longest first', () => {
		expect(capQuestionOf(asked())).toMatchObject({
			key: {name: 'default'},
			exchanges: [349, 348],
			untilMs: sampleNowMs + 220_000,
		});
	});

	test.each([
		[
			100,
			40,
			' DAILY CAP REACHED $20.03 of $20 - 2 held, 3m39 left',
			' + raise today by $5  1 let #349 pass once  f go on with fast  n refuse',
		],
		[
			60,
			30,
			' DAILY CAP REACHED $20.03 of $20 - 2 held, 3m39 left',
			' + $5 more  1 once  f go on with fast  n refuse',
		],
		[
			40,
			20,
			' CAP $20.03 of $20 - 2 held, 3m39 left',
			' + $5 more  1 once  f fast  n refuse',
		],
	])(
		'have their answers in two lines at %i x %i',
		(columns, rows, stands, answers) => {
			expect(top(asked(), columns, rows).slice(1, 3)).toEqual([
				stands,
				answers,
			]);
		},
	);

	test.each([
		[60, 9, ' AT THE CAP: + $5 more  1 once  f go on with fast  n refuse'],
		[30, 8, ' + $5  1 once  f fast  n no'],
		[20, 3, ' CAP: + 1 f n'],
	])('have them in one at %i x %i', (columns, rows, answers) => {
		expect(top(asked(), columns, rows)[1]).toBe(answers);
	});

	test('leave the next banner one line, and what has no room there is seen to be cut', () => {
		const model = {...asked(), notices: ['something to say '.repeat(5).trim()]};
		expect(top(model, 40, 12).slice(3, 5)).toEqual([
			' something to say something to say…',
			expect.stringMatching(/^cap /v),
		]);
	});

	test('are spoken of once when somebody wants to leave', () => {
		const once = press(asked(), 'q');
		expect(once.leaving).toBeUndefined();
		expect(once.remark?.text).toBe('2 held: q again leaves without an answer.');
		expect(press(once, 'q').leaving).toBe('quit');
		expect(press(asked(), 'ctrl-c').leaving).toBe('quit');
		expect(press({...asked(), readOnly: true}, 'q').leaving).toBe('quit');
	});

	test('offer no cheaper alias where there is none', () => {
		const model = asked({cheaper: null});
		expect(top(model)[2]).toBe(
			' + raise today by $5  1 let #349 pass once  n refuse',
		);
		expect(press(model, 'f').answers).toEqual([]);
		expect(press(model, 'f').remark?.text).toBe(
			'There is no cheaper alias to go on with.',
		);
	});

	test('are told of where the next request does not fit', () => {
		expect(top(asked({spentNanodollars: 19.2e9}))[1]).toBe(
			' CAP $19.20 of $20, too little left - 2 held, 3m39 left',
		);
	});

	test.each([
		['refuse', {atCap: 'refuse'}],
		['alias:fast', {atCap: 'alias:fast'}],
	])('are not asked about where the config says %s', (_what, given) => {
		expect(capQuestionOf(asked(given))).toBeUndefined();
	});

	test('say in the list why and how long, and what was answered', () => {
		const rows = (model: Model) =>
			exchangeLines(model, listedEntries(model), {
				width: 60,
				height: 8,
				glyphs,
			})
				.map((line) => lineText(line))
				.filter((text) => text.startsWith('‖'))
				.map((text) => text.slice(15, 43).trim());
		expect(rows(asked())).toEqual([
			'at the cap 20s, 3m39 left',
			'at the cap 9s, 3m50 left',
			'reserved 5s, 3m54 left',
		]);
		expect(rows(press(asked(), '1', 'n'))).toEqual([
			'once…',
			'refusing…',
			'reserved 5s, 3m54 left',
		]);
	});
});

describe('the answer', () => {
	test.each([
		['1', [[349, {kind: 'once'}]]],
		[
			'f',
			[
				[349, {kind: 'alias', alias: 'fast'}],
				[348, {kind: 'alias', alias: 'fast'}],
			],
		],
		[
			'n',
			[
				[349, {kind: 'refuse'}],
				[348, {kind: 'refuse'}],
			],
		],
	])('%s decides', (key, decided) => {
		const model = press(asked(), key);
		expect(
			model.answers.map(({exchange, decision}) => [exchange, decision]),
		).toEqual(decided);
	});

	test('1 goes through those that are held one by one', () => {
		const first = press(asked(), '1');
		expect(capQuestionOf(first)?.exchanges).toEqual([348]);
		expect(capQuestionOf(press(first, '1'))).toBeUndefined();
	});

	test('is forgotten when the request goes on', () => {
		const model = after(press(asked(), 'n'), {
			kind: 'live',
			rows: cappedLive.slice(0, 2),
		});
		expect(model.answers).toEqual([]);
	});

	test('that nobody follows is told of, and esc asks again', () => {
		const model = after(
			press(asked(), 'n'),
			{
				kind: 'answerCame',
				exchange: 349,
				problem: undefined,
				nowMs: sampleNowMs + 500,
			},
			{
				kind: 'answerCame',
				exchange: 348,
				problem: 'the usage log is busy',
				nowMs: sampleNowMs + 500,
			},
		);
		expect(top(model)[1]).toBe(
			' NOT ANSWERED for 348: the usage log is busy (esc asks',
		);
		expect(top(after(model, tick(2500)))[1]).toContain(
			'NOT ANSWERED YET for 2 requests',
		);
		expect(capQuestionOf(press(model, 'esc'))?.exchanges).toEqual([349, 348]);
	});

	test.each(['2', '9', '0'])(
		'is not the digit %s, which means no alias then',
		(digit) => {
			const model = press(asked(), digit);
			expect(model.asked.active).toBeUndefined();
			expect(model.answers).toEqual([]);
			expect(model.remark?.text).toBe('Answer first: + 1 f n.');
		},
	);

	test.each(['1', 'f', 'n', '+'])(
		'is not %s when it was pressed before the question could be read',
		(key) => {
			const model = press(
				steeredModel({}, [], {
					steering: {keys: reached()},
					live: cappedLive,
				}),
				key,
			);
			expect(model).toMatchObject({answers: [], question: undefined});
			expect(model.remark?.text).toContain('press the key again');
			expect(press(after(model, tick(400)), key)).not.toMatchObject({
				answers: [],
				question: undefined,
			});
		},
	);

	test('leaves the other keys as they are', () => {
		const model = press(asked(), 'p', 'j');
		expect(model.asked.pause?.value).toEqual(pause('hold'));
		expect(model.selected).toBe(351);
	});

	test('digits switch again once it is given', () => {
		expect(press(asked(), 'n', '2').asked.active?.value.alias).toBe('deep');
	});

	test('does not come from a monitor that only looks', () => {
		const model = asked({}, {readOnly: true});
		expect(press(model, '+', '1', 'f', 'n', 'c')).toMatchObject({
			answers: [],
			question: undefined,
			capInput: undefined,
		});
		expect(top(model).slice(1, 3)).toEqual([
			' DAILY CAP REACHED $20.03 of $20 - 2 held, 3m39 left',
			expect.stringMatching(/^cap /v),
		]);
	});
});

describe('raising', () => {
	test('asks, and only y does it', () => {
		const model = press(asked(), '+');
		expect(top(model)[1]).toBe(
			" Raise today's cap of default by $5 to $25? y/n",
		);
		expect(press(model, 'n').asked.caps).toBeUndefined();
		expect(press(model, 'n').answers).toEqual([]);
		expect(press(model, 'y').asked.caps?.value).toMatchObject({
			key: 'default',
			kind: 'add',
			amount: 5e9,
			usual: 20e9,
		});
	});

	test('is drawn as asked for until the passthrough says that it holds', () => {
		const model = press(asked(), '+', 'y');
		expect(capQuestionOf(model)).toBeUndefined();
		expect(top(model).slice(1, 3)).toEqual([
			' DAILY CAP REACHED $20.03 - raising it to $25…',
			expect.stringContaining('→ $25…'),
		]);
		const written = after(model, {
			kind: 'wished',
			name: 'caps',
			came: {change: 4},
			nowMs: sampleNowMs + 600,
		});
		expect(top(after(written, tick(2600)))[1]).toContain(
			'NOT RAISED the cap of default to $25 YET',
		);
		const confirmed = after(
			written,
			steers({
				change: 4,
				keys: reached({capNanodollars: 25e9, isReached: false}),
			}),
		);
		expect(confirmed.asked.caps).toBeUndefined();
		// Those that go on now are still said to be held for a moment.
		expect(capQuestionOf(confirmed)).toBeUndefined();
		expect(capQuestionOf(after(confirmed, tick(1300)))).toBeDefined();
	});

	test('twice before the first is written adds both', () => {
		const model = press(asked(), '+', 'y', '+', 'y');
		expect(model.asked.caps?.value).toMatchObject({kind: 'add', amount: 10e9});
	});

	test('adds a round part where tokens are capped', () => {
		const model = press(
			asked({capNanodollars: null, capTokens: 5e6, spentTokens: 5e6}),
			'+',
		);
		expect(model.question?.text).toBe(
			"Raise today's cap of default by 1M tok to 6M tok? y/n",
		);
	});
});

describe('a cap that is reached', () => {
	const quiet = (given: Partial<KeyStanding>, options = {}) =>
		steeredModel(options, [], {steering: {keys: reached(given)}});
	test.each([
		['ask', 60, ' DAILY CAP REACHED $20.03 - held until 00:00. c raises it'],
		['refuse', 60, ' CAP REACHED $20.03 - refused until 00:00. c raises it'],
		[
			'alias:fast',
			60,
			' CAP REACHED $20.03 - on fast until 00:00. c raises it',
		],
		['ask', 40, ' CAP REACHED $20.03. c raises it'],
	])('is told of with %s in %i columns', (atCap, columns, expected) => {
		expect(top(quiet({atCap}), columns)[1]).toBe(expected);
	});

	test('stands in the first line', () => {
		expect(lineText(header(quiet({}), 40, glyphs))).toBe(
			'✖ CAP  main → glm-5.2              14:32',
		);
	});

	test('leaves the first line to a pause', () => {
		const model = steeredModel({}, [], {
			steering: {keys: reached(), pause: change(pause('hold'))},
		});
		expect(lineText(header(model, 40, glyphs))).toMatch(/^‖ PAUSED/v);
	});

	test('names no key to a monitor that only looks', () => {
		expect(top(quiet({}, {readOnly: true}))[1]).toBe(
			' DAILY CAP REACHED $20.03 - held until 00:00',
		);
	});

	test('says whose it is where there are several keys', () => {
		const model = steeredModel({}, [], {
			steering: {keys: [...reached({name: 'ci'}), keyStanding('desktop')]},
		});
		expect(top(model, 100)[1]).toContain('DAILY CAP REACHED $20.03 (ci) - ');
		expect(lineText(header(model, 40, glyphs))).toMatch(/^✖ CAP/v);
	});
});

test('what the guard paused says why before anything else', () => {
	const model = steeredModel({}, [], {
		steering: {
			pause: change(pause('hold'), {
				setBy: 'guard',
				reason: 'desktop spends $4.10 a minute, 12 times its usual',
			}),
		},
	});
	expect(top(model).slice(1, 3)).toEqual([
		' PAUSED by the guard: desktop spends $4.10 a minute, 12',
		' times its usual - nothing held yet, p goes on',
	]);
	expect(press(model, 'p').asked.pause?.value).toEqual(pause('off'));
});

test('warnings are counted, and esc goes through them', () => {
	const model = steeredModel({}, [], {
		steering: {warnings: ['The key ci is odd.', 'Another.']},
	});
	expect(top(model)[1]).toBe(' 2 WARNINGS: The key ci is odd. (esc: the next)');
	const next = press(model, 'esc');
	expect(top(next)[1]).toBe(' WARNING: Another. (esc hides this)');
	expect(top(press(next, 'esc')).join('\n')).not.toContain('WARNING');
});
