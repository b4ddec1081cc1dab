import {describe, expect, test} from 'vitest';
import type {Identity} from '../../source/control/passthrough-row.js';
import type {Steering} from '../../source/control/steering.js';
import type {Attempt, Exchange, Live} from '../../source/exchange/exchange.js';
import {alertsOf, type Alert} from '../../source/monitor/alerts.js';
import {startModel, type Model} from '../../source/monitor/model.js';
import type {SupervisorState} from '../../source/monitor/supervisor-state.js';
import {update, type Message} from '../../source/monitor/update.js';
import type {ModelTotals} from '../../source/usage-log/news.js';
import {
	attemptRow,
	endedRow,
	exchangeRow,
	liveRow,
	sampleIdentity,
	sampleNowMs,
	sampleRow,
	totalsRow,
} from './sample-rows.js';
import {sampleSteering} from './sample-steering.js';

type Given = Readonly<{
	identity?: Partial<Identity>;
	supervisor?: SupervisorState;
	steering?: Partial<Steering>;
	exchanges?: readonly Exchange[];
	attempts?: readonly Attempt[];
	live?: readonly Live[];
	totals?: readonly ModelTotals[];
	messages?: readonly Message[];
	readOnly?: boolean;
}>;

function modelWith(given: Given): Model {
	const state: SupervisorState = given.supervisor ?? {
		kind: 'joined',
		identity: sampleIdentity(given.identity),
	};
	let model = startModel({
		nowMs: sampleNowMs,
		columns: 60,
		rows: 30,
		ascii: false,
		readOnly: given.readOnly ?? false,
		notices: [],
	});
	for (const message of [
		{kind: 'supervisor', state, nowMs: sampleNowMs} as const,
		{
			kind: 'passthrough',
			row: sampleRow({
				heartbeatAt: sampleNowMs,
				...(given.steering && {steering: sampleSteering(given.steering)}),
			}),
		} as const,
		{
			kind: 'attached',
			news: {
				revision: 1,
				exchanges: given.exchanges ?? [],
				attempts: given.attempts ?? [],
			},
		} as const,
		{kind: 'live', rows: given.live ?? []} as const,
		{kind: 'totals', totals: given.totals ?? []} as const,
		...(given.messages ?? []),
	]) {
		model = update(model, message);
	}

	return model;
}

const seconds = 1000;
const streaming = (quietMs: number): Given => ({
	exchanges: [
		exchangeRow(7, {state: 'streaming', startedAt: sampleNowMs - 9e4}),
	],
	live: [
		liveRow(7, {
			state: 'streaming',
			firstByteAt: sampleNowMs - 8e4,
			lastByteAt: sampleNowMs - quietMs,
		}),
	],
});
const tries = (
	all: number,
	limited: number,
	given: Partial<Attempt> = {},
): readonly Attempt[] =>
	Array.from({length: all}, (_, index) => {
		const startedAt = sampleNowMs - 200 * seconds + index * seconds;
		return attemptRow(index + 1, index + 1, {
			startedAt,
			endedAt: startedAt + 400,
			...(index < limited && {
				httpStatus: 429,
				outcome: 'error',
				errorClass: 'rate_limit',
				...given,
			}),
		});
	});
const broken = (count: number, given: Partial<Exchange> = {}) =>
	Array.from({length: count}, (_, index) =>
		endedRow(index + 1, {rebuiltTokens: 1000, ...given}),
	);

describe('an alert', () => {
	test.each<
		readonly [string, Given, Pick<Alert, 'id' | 'tone'>, RegExp, RegExp]
	>([
		[
			'that nothing is recorded',
			{
				identity: {
					recording: false,
					notRecordingSince: sampleNowMs - 9e4,
					notRecordingReason: 'the disk is full',
				},
			},
			{id: 'not recording', tone: 'bad'},
			/^Not recording: the disk is full\.$/,
			/written, in order/,
		],
		[
			'that the passthrough is down',
			{
				supervisor: {
					kind: 'down',
					reason: 'Port 4141 is taken.',
					retryAtMs: undefined,
				},
			},
			{id: 'down', tone: 'bad'},
			/Port 4141 is taken/,
			/tollgate doctor/,
		],
		[
			'that nothing is heard of it',
			{messages: [{kind: 'tick', nowMs: sampleNowMs + 14 * seconds}]},
			{id: 'stale', tone: 'warn'},
			/for 14s/,
			/tollgate status/,
		],
		[
			'that the log cannot be read',
			{
				messages: [
					{kind: 'logState', log: {kind: 'unreadable', reason: 'no such file'}},
				],
			},
			{id: 'log', tone: 'bad'},
			/no such file/,
			/tollgate log check/,
		],
		[
			'that the config was not taken',
			{steering: {configProblem: '[server] port is no number'}},
			{id: 'config', tone: 'warn'},
			/port is no number/,
			/Mend config\.toml/,
		],
		[
			'that a change waits for a restart',
			{steering: {needsRestart: ['server.port']}},
			{id: 'restart', tone: 'warn'},
			/server\.port/,
			/Q here, then "tollgate"/,
		],
		[
			'that the guard has paused',
			{
				steering: {
					pause: {
						change: 3,
						value: {mode: 'hold', until: null},
						setBy: 'guard',
						setAt: sampleNowMs - 6e4,
						reason: '$3 in a minute',
					},
				},
			},
			{id: 'pause', tone: 'bad'},
			/\$3 in a minute/,
			/p lets requests go/,
		],
		[
			'that a target is let be',
			{
				steering: {
					endpoints: [
						{
							name: 'kissapi',
							slots: 8,
							maxSlots: 8,
							inUse: 0,
							queued: 0,
							breakers: [
								{model: 'glm', state: 'open', until: sampleNowMs + 12_000},
							],
						},
					],
				},
			},
			{id: 'breaker kissapi/glm', tone: 'warn'},
			/let be for 12s/,
			/a picks another/,
		],
		[
			'of a stream that says nothing',
			streaming(31 * seconds),
			{id: 'stalled 7', tone: 'warn'},
			/Request 7 .* sends nothing for 31s/,
			/x cancels it/,
		],
		[
			'of a storm of refusals',
			{attempts: tries(10, 3)},
			{id: 'storm', tone: 'bad'},
			/^3 of the last 10 tries .*30% in 5 minutes.*allows no more requests/,
			/run fewer at once/,
		],
		[
			'of a spend limit, where waiting does not help',
			{attempts: tries(10, 3, {errorClass: 'quota'})},
			{id: 'storm', tone: 'bad'},
			/spend limit/,
			/Waiting will not help/,
		],
		[
			'of a model without a price',
			{totals: [totalsRow('glm-5.2', {unpriced: 4})]},
			{id: 'unpriced glm-5.2', tone: 'warn'},
			/^4 requests of today have no price.*what glm-5\.2 costs is not known/,
			/config\.toml: {2}\[prices\."glm-5\.2"\] {2}input = … {2}output = …$/,
		],
		[
			'of searches without a price',
			{
				totals: [totalsRow('glm-5.2', {unpriced: 1})],
				exchanges: [
					endedRow(9, {
						servedModel: 'glm-5.2',
						priceSource: 'unpriced',
						costNanodollars: null,
						unpricedFor: 'web_search',
						unpricedModel: 'glm-5.2',
					}),
				],
			},
			{id: 'unpriced glm-5.2', tone: 'warn'},
			/^1 request of today has no price.*web searches/,
			/web_search_per_1k = …/,
		],
		[
			'of prompt caches that break again and again',
			{exchanges: broken(3)},
			{id: 'cache', tone: 'warn'},
			/broken 3 times/,
			/Switch models less often/,
		],
		[
			'of prompt caches whose breaking is dear',
			{totals: [totalsRow('m', {rebuiltTokens: 9, rebuiltNanodollars: 1.2e9})]},
			{id: 'cache', tone: 'warn'},
			/cost \$1\.20 today/,
			/Switch models/,
		],
		[
			'of what the passthrough finds odd',
			{steering: {warnings: ['An Anthropic key goes elsewhere.']}},
			{id: 'warning An Anthropic key goes elsewhere.', tone: 'warn'},
			/goes elsewhere/,
			/^$/,
		],
	])('tells %s, and what to do', (_, ...[given, expected, text, remedy]) => {
		const alerts = alertsOf(modelWith(given));
		expect(alerts).toHaveLength(1);
		expect(alerts[0]).toMatchObject(expected);
		expect(alerts[0]!.text).toMatch(text);
		expect(alerts[0]!.remedy).toMatch(remedy);
	});

	test.each<readonly [string, Given]>([
		['all is well', {}],
		['a stream was silent for a moment', streaming(29 * seconds)],
		['few tries were made', {attempts: tries(9, 9)}],
		['a fifth of them was turned away', {attempts: tries(10, 2)}],
		[
			'that was longer ago',
			{
				attempts: tries(10, 5),
				messages: [
					{
						kind: 'supervisor',
						state: {
							kind: 'joined',
							identity: sampleIdentity(),
						},
						nowMs: sampleNowMs + 400 * seconds,
					},
					{kind: 'tick', nowMs: sampleNowMs + 400 * seconds},
				],
			},
		],
		['caches broke twice', {exchanges: broken(2)}],
		[
			'somebody paused',
			{
				steering: {
					pause: {
						change: 3,
						value: {mode: 'hold', until: null},
						setBy: 'monitor',
						setAt: sampleNowMs,
						reason: null,
					},
				},
			},
		],
	])('is not there while %s', (_, given) => {
		expect(alertsOf(modelWith(given))).toEqual([]);
	});

	test('that is worse, or newer, comes first', () => {
		const model = modelWith({
			...streaming(40 * seconds),
			attempts: tries(10, 5),
			totals: [totalsRow('glm-5.2', {unpriced: 1})],
			identity: {recording: false, notRecordingSince: sampleNowMs - 1000},
		});
		expect(alertsOf(model).map(({id}) => id)).toEqual([
			'not recording',
			'storm',
			'stalled 7',
			'unpriced glm-5.2',
		]);
	});

	test.each<SupervisorState>([
		{kind: 'starting'},
		{kind: 'down', reason: 'it ended', retryAtMs: undefined},
	])(
		'says nothing that a passthrough which is gone had learned: $kind',
		(supervisor) => {
			const breakers = [
				{model: 'glm', state: 'open', until: sampleNowMs + 12_000},
			] as const;
			const model = modelWith({
				supervisor,
				steering: {
					endpoints: [
						{
							name: 'kissapi',
							slots: 8,
							maxSlots: 8,
							inUse: 0,
							queued: 0,
							breakers,
						},
					],
					configProblem: 'config.toml:1: this is not TOML.',
					needsRestart: ['server.port'],
				},
			});
			expect(
				alertsOf(model).filter(({id}) =>
					/^(?:breaker|config|restart)/v.test(id),
				),
			).toEqual([]);
		},
	);

	const breaker = {
		name: 'kissapi',
		slots: 8,
		maxSlots: 8,
		inUse: 0,
		queued: 0,
		breakers: [
			{model: 'glm', state: 'open', until: sampleNowMs + 12_000} as const,
		],
	};
	test.each<readonly [Given, RegExp]>([
		[streaming(40 * seconds), /^idle_timeout/],
		[{steering: {endpoints: [breaker]}}, /"tollgate alias" picks/],
		[
			{
				steering: {
					pause: {
						change: 3,
						value: {mode: 'hold', until: null},
						setBy: 'guard',
						setAt: sampleNowMs,
						reason: null,
					},
				},
			},
			/"tollgate resume" lets/,
		],
	])(
		'names no key that a monitor which only looks does not have',
		(given, remedy) => {
			const alerts = alertsOf(modelWith({...given, readOnly: true}));
			expect(alerts).toHaveLength(1);
			expect(alerts[0]!.remedy).toMatch(remedy);
		},
	);

	test('says that caches were broken at least so often where not all is held', () => {
		const others = Array.from({length: 500}, (_, index) =>
			endedRow(100 + index, {agoMs: 60_000 + index}),
		);
		const [alert] = alertsOf(modelWith({exchanges: [...others, ...broken(3)]}));
		expect(alert!.text).toBe(
			'Prompt caches were broken at least 3 times in 24 hours.',
		);
	});

	test('keeps the breaks of 24 hours apart from what they cost today', () => {
		const [alert] = alertsOf(
			modelWith({
				exchanges: broken(1),
				totals: [totalsRow('m', {rebuiltNanodollars: 1.2e9})],
			}),
		);
		expect(alert!.text).toBe(
			'Prompt caches were broken once in 24 hours, which cost $1.20 today.',
		);
	});
});
