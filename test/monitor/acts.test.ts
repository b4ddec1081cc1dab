import {describe, expect, test} from 'vitest';
import {monitorKeys} from '../../source/config/monitor-keys.js';
import {listedEntries} from '../../source/monitor/exchange-list.js';
import {helpLines} from '../../source/monitor/layout/help.js';
import {exchangeLines} from '../../source/monitor/layout/exchange-lines.js';
import {footer} from '../../source/monitor/layout/footer.js';
import {frameOf} from '../../source/monitor/layout/frame.js';
import type {Model} from '../../source/monitor/model.js';
import {glyphsFor} from '../../source/monitor/theme.js';
import {unwritten} from '../../source/monitor/unwritten.js';
import {update, type Message} from '../../source/monitor/update.js';
import {lineText} from './frame-text.js';
import {endedRow, exchangeRow, liveRow, sampleNowMs} from './sample-rows.js';
import {
	cappedLive,
	pausedLive,
	steeredLive,
	steeredModel,
} from './sample-steering.js';

const glyphs = glyphsFor(false);

const after = (model: Model, ...messages: readonly Message[]): Model => {
	let now = model;
	for (const message of messages) {
		now = update(now, message);
	}

	return now;
};

const press = (model: Model, ...keys: readonly string[]): Model =>
	after(model, ...keys.map((key): Message => ({kind: 'pressed', key})));

const tick = (ms: number): Message => ({
	kind: 'tick',
	nowMs: sampleNowMs + ms,
});

/**
The sample with one selected: 351 and 350 stream, 349 waits to be tried again, 348 and 347 wait for a place,
346 has no answer yet, 345 has failed.
*/
const selecting = (
	selected: number | undefined,
	{
		live = steeredLive,
		...given
	}: Parameters<typeof steeredModel>[0] & {
		live?: typeof steeredLive;
	} = {},
): Model => ({...steeredModel(given, [], {live}), selected});

const ended = (id: number): Message => ({
	kind: 'news',
	news: {
		revision: 99,
		exchanges: [endedRow(id, {agoMs: 0, outcome: 'aborted'})],
		attempts: [],
	},
});

const top = (model: Model, columns = 60, rows = 30): readonly string[] =>
	frameOf(update(model, {kind: 'resized', columns, rows})).top.map((line) =>
		lineText(line).trimEnd(),
	);

const rowOf = (model: Model, id: number): string => {
	const entries = listedEntries(model);
	const at = entries.findIndex(({exchange}) => exchange.id === id);
	return lineText(
		exchangeLines({...model, selected: undefined}, entries.slice(at, at + 1), {
			width: 80,
			height: 1,
			glyphs,
		})[0]!,
	);
};

describe('x', () => {
	test('asks, and only y cancels', () => {
		const asked = press(selecting(351), 'x');
		expect(asked.orders).toEqual([]);
		expect(asked.question?.means).toEqual({kind: 'cancel', exchange: 351});
		for (const key of ['n', 'x', 'esc', 'enter', ' ', 'q']) {
			expect(press(asked, key)).toMatchObject({
				question: undefined,
				orders: [],
				leaving: undefined,
			});
		}

		expect(press(asked, 'y')).toMatchObject({
			question: undefined,
			orders: [{exchange: 351, kind: 'cancel', isWritten: false}],
		});
	});

	test.each([
		[351, 80, ' cancel 351, glm-5.2, 1.2k out so far? y/n'],
		[350, 46, ' cancel 350, 1.3k out so far? y/n'],
		[350, 30, ' cancel 350, 1.3k out? y/n'],
		[350, 20, ' cancel 350? y/n'],
		[346, 80, ' cancel 346, glm-5.2? y/n'],
		[346, 20, ' cancel 346? y/n'],
	])('asks about %i in %i columns: %s', (id, columns, text) => {
		expect(top(press(selecting(id), 'x'), columns)).toContain(text);
	});

	test('cannot reach what another passthrough on the same log carries', () => {
		const elsewhere = after(selecting(351), {
			kind: 'news',
			news: {
				revision: 99,
				exchanges: [exchangeRow(351, {outcome: 'open', owner: 'two'})],
				attempts: [],
			},
		});
		for (const key of ['x', 'r']) {
			expect(press(elsewhere, key)).toMatchObject({
				question: undefined,
				orders: [],
				remark: {
					text: 'Another passthrough on this log carries request 351.',
				},
			});
		}
	});

	test('of the selected one in its detail, too', () => {
		expect(press(selecting(350), 'enter', 'x').question?.means).toMatchObject({
			exchange: 350,
		});
	});

	test('a request that ends meanwhile takes its question along', () => {
		const asked = press(selecting(351), 'x');
		const now = after(asked, ended(351));
		expect(now.question).toBeUndefined();
		expect(now.remark?.text).toBe('Request 351 has ended.');
		expect(press(now, 'y').orders).toEqual([]);
		expect(after(asked, ended(350)).question).toBeDefined();
	});

	test('is bound as the config says', () => {
		const model = {
			...selecting(351),
			bindings: {...monitorKeys, cancel: ['ctrl-x']},
		};
		expect(press(model, 'x').question).toBeUndefined();
		expect(press(model, 'ctrl-x').question).toBeDefined();
	});
});

describe('r', () => {
	test.each(['paused', 'strikes'] as const)(
		'lets one go on that is held (%s), and asks nothing',
		(reason) => {
			const now = press(selecting(348, {live: pausedLive(reason)}), 'r');
			expect(now).toMatchObject({
				question: undefined,
				orders: [{exchange: 348, kind: 'resume'}],
			});
		},
	);

	test.each([
		[351, steeredLive, 'Request 351 is not held.'],
		[349, steeredLive, 'It failed, and its next try waits a little.'],
		[348, steeredLive, 'It waits for a free place.'],
		[347, cappedLive, 'It waits for what others have reserved.'],
		[349, cappedLive, 'It waits at its cap: + raises that.'],
	])('says why not of %i', (id, live, text) => {
		const now = press(selecting(id, {live}), 'r');
		expect(now.orders).toEqual([]);
		expect(now.remark?.text).toBe(text);
	});
});

describe.each(['x', 'r'])('%s', (key) => {
	test.each([
		['nothing is selected', selecting(undefined), 'Select a request first.'],
		['it has ended', selecting(345), 'Request 345 has ended.'],
		[
			'something lies over the list',
			press(selecting(351), '?'),
			'Go back to the list first: esc.',
		],
		[
			'there is none',
			{...selecting(undefined), exchanges: new Map()},
			'There is no request yet.',
		],
		[
			'no passthrough is there',
			after(selecting(351), {
				kind: 'supervisor',
				state: {kind: 'stopped'},
				nowMs: sampleNowMs,
			}),
			'No passthrough is there to be steered.',
		],
	])('says why it cannot act where %s', (_what, model, text) => {
		const now = press(model, key);
		expect(now.remark?.text).toBe(text);
		expect(now).toMatchObject({question: undefined, orders: []});
	});

	test('is not there in a monitor that only looks', () => {
		const model = selecting(348, {readOnly: true, live: pausedLive()});
		expect(press(model, key)).toMatchObject({
			question: undefined,
			orders: [],
			remark: undefined,
		});
		const help = helpLines(model, 60, glyphs).map((line) => lineText(line));
		expect(help.join('\n')).not.toMatch(/cancel|go on/v);
	});

	test('says that what it asks for is under way', () => {
		const cancelling = press(selecting(348, {live: pausedLive()}), 'x', 'y');
		expect(press(cancelling, key).remark?.text).toBe('It is being cancelled.');
	});
});

describe('the last line names', () => {
	const foot = (model: Model) => lineText(footer(model, 200, glyphs));
	test.each([
		['neither where nothing is selected', selecting(undefined), [false, false]],
		['x where it runs', selecting(351), [true, false]],
		[
			'both where a pause holds it',
			selecting(348, {live: pausedLive()}),
			[true, true],
		],
		['neither where it has ended', selecting(345), [false, false]],
	] as const)('%s', (_what, model, [cancels, resumes]) => {
		expect(foot(model).includes('x cancel')).toBe(cancels);
		expect(foot(model).includes('r resume this')).toBe(resumes);
	});
});

describe('an order', () => {
	const cancelling = press(selecting(350), 'x', 'y');
	const resuming = press(selecting(348, {live: pausedLive()}), 'r');
	const came = (model: Model, problem?: string): Model => {
		const [{exchange, kind} = {exchange: 0, kind: 'cancel' as const}] =
			model.orders;
		return update(model, {
			kind: 'orderCame',
			order: {exchange, kind},
			problem,
			nowMs: sampleNowMs,
		});
	};

	test.each([
		['cancelling…', cancelling, 350],
		['resuming…', resuming, 348],
		['cancelling…', press(selecting(346), 'x', 'y'), 346],
	])('is drawn at once as %s', (text, model, id) => {
		expect(rowOf(model, id)).toContain(text);
		expect(rowOf(came(model), id)).toContain(text);
		expect(rowOf(came(model, 'the log is busy'), id)).not.toContain(text);
	});

	test('is drawn of a silent stream, too', () => {
		const silent = steeredLive.map((live) =>
			live.id === 350 ? {...live, lastByteAt: sampleNowMs - 20_000} : live,
		);
		const model = selecting(350, {live: silent});
		expect(rowOf(model, 350)).toContain('quiet 20s');
		expect(rowOf(press(model, 'x', 'y'), 350)).toContain('cancelling…');
	});

	test('is written once', () => {
		expect(unwritten(cancelling)).toMatchObject([{name: 'order 350'}]);
		expect(unwritten(came(cancelling))).toEqual([]);
		expect(unwritten(came(cancelling, 'no'))).toEqual([]);
	});

	test('is forgotten once the request has ended', () => {
		expect(after(came(cancelling), ended(350)).orders).toEqual([]);
		expect(after(came(resuming), ended(348)).orders).toEqual([]);
		expect(after(came(cancelling), ended(349)).orders).toHaveLength(1);
	});

	test.each([
		['it is sent', liveRow(348, {state: 'waiting', attempts: 1})],
		[
			'it waits for a place',
			liveRow(348, {state: 'queued', holdReason: 'queue'}),
		],
		[
			'it was sent, has failed, and is held again',
			liveRow(348, {
				state: 'held',
				holdReason: 'paused',
				heldSince: sampleNowMs + 50,
				attempts: 1,
			}),
		],
	])('to go on is forgotten once %s', (_what, row) => {
		const rows = pausedLive().map((live) => (live.id === 348 ? row : live));
		expect(after(came(resuming), {kind: 'live', rows}).orders).toEqual([]);
	});

	test('to go on gives way to one to end', () => {
		expect(press(resuming, 'x', 'y').orders).toMatchObject([
			{exchange: 348, kind: 'cancel'},
		]);
	});

	test.each([
		[
			'that is not followed for two seconds',
			after(came(cancelling), tick(2000)),
			/^ NOT CANCELLED YET: 350, asked 2s ago/v,
		],
		[
			'to go on that is not followed',
			after(came(resuming), tick(2000)),
			/^ NOT RESUMED YET: 348, asked 2s ago/v,
		],
		[
			'that cannot be written',
			came(cancelling, 'the usage log is busy'),
			/^ NOT CANCELLED: 350: the usage log is busy/v,
		],
	])('%s is told of in a red line', (_what, model, text) => {
		expect(top(model, 100).some((line) => text.test(line))).toBe(true);
		const put = press({...model, selected: undefined}, 'esc');
		expect(top(put, 100).some((line) => text.test(line))).toBe(false);
	});

	test('that is not two seconds old is not', () => {
		const model = after(came(cancelling), tick(1999));
		expect(top(model, 100).join('\n')).not.toContain('NOT');
	});

	test('says how many more there are', () => {
		const two = press({...cancelling, selected: 351}, 'x', 'y');
		const written = after(
			came(two),
			{
				kind: 'orderCame',
				order: {exchange: 351, kind: 'cancel'},
				problem: undefined,
				nowMs: sampleNowMs,
			},
			tick(3000),
		);
		expect(top(written, 100).join('\n')).toContain(
			'NOT CANCELLED YET: 350 and 1 more',
		);
	});
});

test('a cancelled request says so in the list', () => {
	const model = after(selecting(undefined), {
		kind: 'news',
		news: {
			revision: 99,
			exchanges: [
				exchangeRow(352, {
					outcome: 'aborted',
					errorClass: 'aborted',
					reason: 'cancelled',
					endedAt: sampleNowMs,
				}),
			],
			attempts: [],
		},
	});
	expect(rowOf(model, 352)).toContain('cancelled');
});
