import {Buffer} from 'node:buffer';
import {describe, expect, test} from 'vitest';
import {clipboardSequence, copyOut} from '../../source/monitor/copy.js';
import {errorRows, newErrors} from '../../source/monitor/errors.js';
import {frameOf} from '../../source/monitor/layout/frame.js';
import type {Model} from '../../source/monitor/model.js';
import {createStore} from '../../source/monitor/store.js';
import {update} from '../../source/monitor/update.js';
import {lineText, measure} from './frame-text.js';
import {sampleModel} from './sample-model.js';
import {attemptRow, endedRow, sampleNowMs} from './sample-rows.js';

const pressed = (model: Model, ...keys: readonly string[]): Model => {
	let now = model;
	for (const key of keys) {
		now = update(now, {kind: 'pressed', key});
	}

	return now;
};

const screen = (model: Model): readonly string[] => {
	const {top, left, right, bottom} = frameOf(model);
	return [
		...top,
		...(right?.lines ??
			left.flatMap((block) => (block.kind === 'lines' ? block.lines : []))),
		...bottom,
	].map((line) => lineText(line).trimEnd());
};

const told = {
	kind: 'news',
	news: {
		revision: 20,
		exchanges: [
			endedRow(400, {
				agoMs: 1000,
				outcome: 'error',
				httpStatus: 401,
				errorClass: 'auth',
				sentModel: 'claude-opus-4-8',
			}),
			endedRow(401, {agoMs: 2000, attempts: 2}),
			endedRow(402, {agoMs: 500, outcome: 'aborted', errorClass: 'aborted'}),
			endedRow(403, {
				agoMs: 400,
				outcome: 'error',
				format: null,
				path: '/',
				httpStatus: 404,
			}),
		],
		attempts: [
			attemptRow(800, 401, {
				number: 1,
				endedAt: sampleNowMs - 5000,
				outcome: 'error',
				httpStatus: 529,
				errorClass: 'overloaded',
				sentModel: 'claude-sonnet-4-6',
			}),
			attemptRow(801, 401, {number: 2}),
			attemptRow(802, 400, {
				number: 1,
				endedAt: sampleNowMs - 1000,
				outcome: 'error',
				httpStatus: 401,
				errorClass: 'auth',
			}),
		],
	},
} as const;
const quiet = (size: Partial<Pick<Model, 'columns' | 'rows' | 'ascii'>> = {}) =>
	sampleModel({quiet: true, ...size}, [told]);

describe('the errors', () => {
	test('are requests and tries that failed, newest first: no probes, none that left, none twice', () => {
		expect(
			errorRows(quiet()).map((row) => [
				row.kind,
				row.exchange,
				'try' in row ? row.try : '',
			]),
		).toEqual([
			['failure', 400, undefined],
			['failure', 401, 1],
		]);
	});

	test('tell cause and remedy, two lines each', () => {
		expect(screen(pressed(quiet(), 'e')).slice(1, 8)).toEqual([
			'─ errors and alerts ──────────────── enter detail  esc back',
			'✖❯14:32:06 claude-opus-4-8      401 key not accepted',
			'  Check key and auth of [endpoints.anthropic]; where the key',
			"  is the agent's own, it must be one of this endpoint.",
			'✖ 14:32:02 claude-sonnet-4-6    try 1: 529 overloaded',
			'  Agents try again by themselves; if it lasts, use another…',
			'',
		]);
	});

	test('have the remedy beside the cause in a wide pane', () => {
		const lines = screen(pressed(quiet({columns: 200, rows: 40}), 'e'));
		expect(lines.find((line) => line.includes('try 1'))).toMatch(
			/try 1: 529 overloaded +Agents try again/,
		);
	});

	test('are none where all is well', () => {
		const lines = screen(pressed(sampleModel({quiet: true}), 'e'));
		expect(lines.join('\n')).toContain('All is well');
	});

	test('are marked by j and k, opened by enter, and come back by esc', () => {
		const marked = pressed(quiet(), 'e', 'j');
		expect(marked.overlayAt).toBe(1);
		expect(pressed(marked, 'j', 'j').overlayAt).toBe(1);
		const detail = pressed(marked, 'enter');
		expect(detail).toMatchObject({overlay: 'detail', selected: 401});
		expect(pressed(detail, 'esc')).toMatchObject({
			overlay: 'errors',
			overlayAt: 1,
		});
		expect(pressed(detail, 'esc', 'esc').overlay).toBe('none');
		expect(pressed(detail, 'enter').overlay).toBe('errors');
		expect(pressed(detail, '?', 'esc').overlay).toBe('none');
	});

	test('say so where the request is not there any more', () => {
		const {exchanges, ...model} = pressed(quiet(), 'e');
		const without = new Map([...exchanges].filter(([id]) => id !== 401));
		const left = pressed({...model, exchanges: without}, 'j', 'enter');
		expect(left.overlay).toBe('errors');
		expect(left.remark?.text).toBe('Request 401 is no longer in sight.');
	});

	test.each([
		[20, 6],
		[30, 8],
		[40, 20],
		[60, 30],
		[100, 40],
		[200, 50],
	])(
		'fit into %i columns and %i rows, whichever is marked',
		(columns, rows) => {
			for (const ascii of [false, true]) {
				let model = pressed(sampleModel({columns, rows, ascii}, [told]), 'e');
				for (let at = 0; at < 30; at++) {
					const size = measure(frameOf(model));
					expect(size.columns).toBeLessThanOrEqual(columns);
					expect(size.rows).toBeLessThanOrEqual(rows);
					if (rows > 6) {
						const mark = ascii ? /^[!x]>/ : /^[▷✖]❯/;
						expect(screen(model).some((line) => mark.test(line))).toBe(true);
					}

					model = pressed(model, 'j');
				}
			}
		},
	);
});

describe('the line of errors', () => {
	const later = (model: Model, ms: number) =>
		update(model, {kind: 'tick', nowMs: sampleNowMs + ms});
	const failed = (id: number, endedMs: number) =>
		({
			kind: 'news',
			news: {
				revision: id,
				exchanges: [
					endedRow(id, {agoMs: -endedMs, outcome: 'error', httpStatus: 500}),
				],
				attempts: [],
			},
		}) as const;
	const line = (model: Model) =>
		screen(model).find((text) => /\d requests? failed, /.test(text));

	test('counts what failed since somebody looked', () => {
		let model = later(quiet(), 3000);
		expect(line(model)).toBeUndefined();
		model = update(model, failed(410, 1000));
		expect(line(model)).toContain('1 request failed, e shows');
		model = update(model, failed(411, 2000));
		expect(line(model)).toContain('2 requests failed, e shows');
		const looking = pressed(model, 'e');
		expect(line(looking)).toBeUndefined();
		expect(line(pressed(looking, 'esc'))).toBeUndefined();
		const during = later(update(looking, failed(412, 3500)), 4000);
		expect(line(pressed(during, 'esc'))).toBeUndefined();
	});

	test('forgets after ten minutes', () => {
		const model = update(quiet(), failed(410, 1000));
		expect(newErrors(later(model, 590_000))).toBe(1);
		expect(newErrors(later(model, 602_000))).toBe(0);
	});

	test('gives way to what is graver', () => {
		const model = update(
			{...quiet({rows: 9}), question: undefined},
			failed(410, 1000),
		);
		const grave = update(model, {
			kind: 'logState',
			log: {kind: 'unreadable', reason: 'gone'},
		});
		expect(screen(grave).join('\n')).toContain('LOG UNREADABLE');
		expect(line(grave)).toBeUndefined();
	});
});

describe('copying', () => {
	test('takes the selected request as the export prints it', () => {
		const model = pressed({...quiet(), selected: 401}, 'y');
		expect(model.remark?.text).toBe(
			'copied request 401, if this terminal allows it',
		);
		const row = JSON.parse(model.copied!.text) as Record<string, unknown>;
		expect(Object.keys(row).slice(0, 3)).toEqual([
			'id',
			'revision',
			'startedAt',
		]);
		expect(row).toMatchObject({id: 401, outcome: 'ok', outputTokens: 420});
		expect(model.copied!.text).not.toContain('\n');
	});

	test('takes the marked error, or else the first of the list', () => {
		expect(pressed(quiet(), 'e', 'j', 'y').copied?.exchange).toBe(401);
		expect(pressed(quiet(), 'y').copied?.exchange).toBe(400);
	});

	test('is not done while a question is open, where y answers it', () => {
		const asking = pressed({...quiet(), capAskedAtMs: sampleNowMs}, 'y');
		expect(asking.copied).toBeUndefined();
		expect(asking.remark?.text).toBe('Answer the question first.');
		const stopping = pressed(sampleModel(), 'Q');
		expect(stopping.question).toBeDefined();
		expect(pressed(stopping, 'y').copied).toBeUndefined();
	});

	test('says why not, where there is nothing, or too much', () => {
		const nothing = pressed(sampleModel({quiet: true}), 'y');
		expect(nothing.remark?.text).toBe('Nothing to copy here.');
		const large = endedRow(500, {agoMs: 0, anomalies: ['x'.repeat(100_001)]});
		const model = sampleModel({quiet: true}, [
			{kind: 'news', news: {revision: 1, exchanges: [large], attempts: []}},
		]);
		const refused = pressed(model, 'y');
		expect(refused.remark?.text).toBe('Request 500 is too large to copy.');
		expect(refused.copied).toBeUndefined();
	});

	test('hands each copy to the terminal once', () => {
		const written: string[] = [];
		const store = createStore(quiet());
		copyOut(store, {
			write(text: string | Uint8Array) {
				written.push(String(text));
				return true;
			},
		});
		for (const key of ['y', 'j', 'y']) {
			store.send({kind: 'pressed', key});
		}

		const {text} = store.model().copied!;
		expect(written).toEqual([clipboardSequence(text), clipboardSequence(text)]);
		expect(written[0]).toBe(
			`\u{1B}]52;c;${Buffer.from(text).toString('base64')}\u{7}`,
		);
		store.close();
	});
});
