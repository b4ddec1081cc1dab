import {describe, expect, test} from 'vitest';
import {connectionOf, isFresh} from '../../source/monitor/connection.js';
import {listedEntries, countOpen} from '../../source/monitor/exchange-list.js';
import {lastLines} from '../../source/monitor/last-lines.js';
import {rowStateOf} from '../../source/monitor/row-state.js';
import {update, type Message} from '../../source/monitor/update.js';
import {sampleModel} from './sample-model.js';
import {
	attemptRow,
	endedRow,
	exchangeRow,
	liveRow,
	sampleIdentity,
	sampleNowMs,
	sampleRow,
} from './sample-rows.js';

const news = (given: {
	exchanges?: Array<ReturnType<typeof exchangeRow>>;
	attempts?: Array<ReturnType<typeof attemptRow>>;
}): Message => ({
	kind: 'news',
	news: {revision: 10, exchanges: [], attempts: [], ...given},
});

describe('the state of an exchange', () => {
	const streaming = liveRow(1, {
		state: 'streaming',
		lastByteAt: sampleNowMs - 100,
	});
	test.each([
		['waiting', exchangeRow(1), undefined],
		['waiting', exchangeRow(1, {state: null, outcome: null}), undefined],
		['retrying', exchangeRow(1, {attempts: 2}), undefined],
		['retrying', exchangeRow(1), liveRow(1, {state: 'waiting', attempts: 2})],
		['held', exchangeRow(1, {state: 'held'}), undefined],
		['held', exchangeRow(1), liveRow(1, {state: 'queued'})],
		[
			'held',
			exchangeRow(1, {attempts: 2}),
			liveRow(1, {state: 'held', holdReason: 'paused', attempts: 2}),
		],
		[
			'retrying',
			exchangeRow(1),
			liveRow(1, {state: 'held', holdReason: 'backoff', attempts: 1}),
		],
		['streaming', exchangeRow(1, {state: 'streaming'}), undefined],
		['streaming', exchangeRow(1), streaming],
		[
			'streaming',
			exchangeRow(1),
			{...streaming, lastByteAt: sampleNowMs - 3000},
		],
		['stalled', exchangeRow(1), {...streaming, lastByteAt: sampleNowMs - 3001}],
		['done', endedRow(1), undefined],
		// Its progress may be read a moment before it is taken away.
		['done', endedRow(1), streaming],
		['failed', endedRow(1, {outcome: 'error'}), undefined],
		['failed', endedRow(1, {outcome: 'truncated'}), undefined],
		['failed', endedRow(1, {outcome: 'refused'}), undefined],
		['failed', endedRow(1, {outcome: 'lost'}), undefined],
		['aborted', endedRow(1, {outcome: 'aborted'}), undefined],
	])('is %s', (state, exchange, live) => {
		expect(rowStateOf(exchange, live, sampleNowMs)).toBe(state);
	});
});

describe('the list', () => {
	test('has what runs newest first, what waits longest first, fresh failures, then the rest by their end', () => {
		const model = sampleModel({quiet: true}, [
			news({
				exchanges: [
					exchangeRow(1, {state: 'held', startedAt: sampleNowMs - 5000}),
					exchangeRow(2, {attempts: 2, startedAt: sampleNowMs - 9000}),
					exchangeRow(3, {state: 'streaming', startedAt: sampleNowMs - 8000}),
					exchangeRow(4, {startedAt: sampleNowMs - 1000}),
					endedRow(5, {agoMs: 100}),
					endedRow(6, {agoMs: 50_000, outcome: 'error'}),
					endedRow(7, {agoMs: 70_000, outcome: 'error'}),
					endedRow(8, {agoMs: 60_500}),
					endedRow(9, {agoMs: 10, outcome: 'aborted'}),
				],
			}),
		]);
		const entries = listedEntries(model);
		expect(entries.map(({exchange}) => exchange.id)).toEqual([
			4, 3, 2, 1, 6, 9, 5, 8, 7,
		]);
		expect(countOpen(entries)).toEqual({
			running: 2,
			retrying: 1,
			held: 1,
		});
	});

	test('keeps the newest finished ones and all that are open', () => {
		const model = sampleModel({quiet: true}, [
			news({
				exchanges: [
					exchangeRow(1),
					...Array.from({length: 1000}, (_, index) => endedRow(2 + index)),
				],
			}),
		]);
		expect(model.exchanges.size).toBe(501);
		expect(model.exchanges.has(1)).toBe(true);
		expect(model.exchanges.has(501)).toBe(false);
		expect(model.exchanges.has(502)).toBe(true);
	});

	test('forgets a selection that is gone from it', () => {
		const model = sampleModel({}, [
			{kind: 'pressed', key: 'G'},
			{
				kind: 'attached',
				news: {revision: 20, exchanges: [endedRow(900)], attempts: []},
			},
		]);
		expect(model.selected).toBeUndefined();
	});
});

test('attempts older than an hour are forgotten', () => {
	const old = attemptRow(1, 1, {startedAt: sampleNowMs - 3_600_001});
	const young = attemptRow(2, 1, {startedAt: sampleNowMs - 3_599_000});
	const model = sampleModel({quiet: true}, [
		news({attempts: [old, young]}),
		news({attempts: [attemptRow(3, 1)]}),
	]);
	expect(Array.from(model.attempts.keys())).toEqual([2, 3]);
});

describe('the connection', () => {
	const joined = (given = {}): Message => ({
		kind: 'supervisor',
		state: {kind: 'joined', identity: sampleIdentity(given)},
		nowMs: sampleNowMs,
	});
	const tick = (ms: number): Message => ({
		kind: 'tick',
		nowMs: sampleNowMs + ms,
	});
	test.each<[string, readonly Message[]]>([
		['live', []],
		['live', [tick(2000)]],
		['stale', [tick(3001)]],
		[
			'live',
			[
				{
					kind: 'passthrough',
					row: sampleRow({heartbeatAt: sampleNowMs + 5000}),
				},
				tick(6000),
			],
		],
		['draining', [{kind: 'passthrough', row: sampleRow({state: 'draining'})}]],
		['draining', [joined({state: 'draining'})]],
		[
			'live',
			[
				{
					kind: 'passthrough',
					row: sampleRow({instance: 'another', state: 'stopped'}),
				},
			],
		],
		[
			'stopped',
			[{kind: 'supervisor', state: {kind: 'stopped'}, nowMs: sampleNowMs}],
		],
		[
			'starting',
			[{kind: 'supervisor', state: {kind: 'starting'}, nowMs: sampleNowMs}],
		],
		[
			'down',
			[
				{
					kind: 'supervisor',
					state: {kind: 'down', reason: 'x', retryAtMs: undefined},
					nowMs: sampleNowMs,
				},
			],
		],
	])('is %s', (kind, messages) => {
		expect(connectionOf(sampleModel({}, messages)).kind).toBe(kind);
	});

	test('is live while the port answers, also when the heart no longer reaches the log', () => {
		const answer = (ms: number): Message => ({
			kind: 'supervisor',
			state: {kind: 'joined', identity: sampleIdentity({recording: false})},
			nowMs: sampleNowMs + ms,
		});
		const model = sampleModel({}, [tick(60_000), answer(60_000), tick(62_000)]);
		expect(isFresh(model)).toBe(true);
		expect(isFresh(update(model, tick(64_000)))).toBe(false);
	});

	test('that came back says what had become of it, once, until esc', () => {
		const down = (reason: string): Message => ({
			kind: 'supervisor',
			state: {kind: 'down', reason, retryAtMs: undefined},
			nowMs: sampleNowMs,
		});
		const up = (): Message => ({
			kind: 'supervisor',
			state: {kind: 'spawned', identity: sampleIdentity()},
			nowMs: sampleNowMs,
		});
		const model = sampleModel({}, [
			up(),
			down('first'),
			up(),
			down('second'),
			up(),
		]);
		expect(model.notices).toHaveLength(1);
		expect(model.notices[0]).toContain('second');
		expect(update(model, {kind: 'pressed', key: 'esc'}).notices).toEqual([]);
	});

	test('is not renewed by the same answer told again', () => {
		const identity = sampleIdentity();
		const again = (ms: number): Message => ({
			kind: 'supervisor',
			state: {kind: 'spawned', identity},
			nowMs: sampleNowMs + ms,
		});
		const model = sampleModel({}, [again(0), tick(10_000), again(10_000)]);
		expect(connectionOf(model)).toEqual({kind: 'stale', silentMs: 10_000});
	});
});

describe('what is left in the scrollback', () => {
	test('is what this sitting saw end, where the passthrough goes on, and how to stop it', () => {
		const model = sampleModel({}, [
			news({
				exchanges: [
					endedRow(348, {outputTokens: 1500}),
					endedRow(400, {outputTokens: 500}),
					exchangeRow(401),
					// No requests of the agent's work, as in the sums of the log.
					endedRow(402, {format: null, path: '/'}),
					endedRow(403, {path: '/v1/messages/count_tokens'}),
					// Ended before this sitting; something was corrected since.
					endedRow(341, {outputTokens: 9}),
				],
				attempts: [
					attemptRow(950, 348, {httpStatus: 429}),
					attemptRow(951, 348),
				],
			}),
			{kind: 'tick', nowMs: sampleNowMs + 754_000},
			{kind: 'pressed', key: 'q'},
		]);
		expect(lastLines(model)).toBe(
			[
				'Seen here in 12m: $0.08, 2 requests, 44k tokens in, 2.0k out, 1 x 429.',
				'The passthrough goes on at http://127.0.0.1:4141 (pid 4242), with 4 requests under way and 1 held.',
				'Stop it with: tollgate stop',
				'',
			].join('\n'),
		);
	});

	test.each([
		['/home/dev/.tollgate-2', 'tollgate stop --home /home/dev/.tollgate-2'],
		["/tmp/it's here", String.raw`tollgate stop --home '/tmp/it'\''s here'`],
	])('stops the one of the home that was named: %s', (home, expected) => {
		expect(lastLines(sampleModel({quiet: true}), home)).toContain(
			`Stop it with: ${expected}\n`,
		);
	});

	test('says that the passthrough has stopped', () => {
		const model = sampleModel({quiet: true}, [{kind: 'pressed', key: 'Q'}]);
		expect(lastLines(model)).toContain('The passthrough has stopped.');
	});

	test('says that none is running', () => {
		const model = sampleModel({quiet: true}, [
			{kind: 'supervisor', state: {kind: 'stopped'}, nowMs: sampleNowMs},
		]);
		expect(lastLines(model)).toContain('No passthrough is running.');
	});
});
