import type {Attempt, Exchange, Live} from '../../source/exchange/exchange.js';
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

const models = [
	'claude-sonnet-4-6',
	'claude-opus-4-8',
	'claude-haiku-4-5-20251001',
	'qwen/qwen3.6-coder-480b',
] as const;

const finished = (count: number): Exchange[] =>
	Array.from({length: count}, (_, index) => {
		const model = models[((index * 7) % 5) % models.length]!;
		return endedRow(341 - index, {
			agoMs: 4000 + index * 9700,
			tookMs: 1100 + (120 + ((index * 97) % 1900)) * (13 + (index % 7)),
			askedModel: model,
			servedModel: model,
			outputTokens: 120 + ((index * 97) % 1900),
			cacheReadTokens: 12_000 + index * 813,
			agentId: ['main', 'task-1', 'task-2'][index % 3]!,
		});
	});

/**
A busy quarter of an hour: every state of an exchange at least once.
*/
export const sampleExchanges = (count = 60): readonly Exchange[] => [
	exchangeRow(349, {
		state: 'waiting',
		startedAt: sampleNowMs - 1200,
		agentId: 'task-3',
		askedModel: 'claude-opus-4-8',
	}),
	exchangeRow(348, {
		state: 'streaming',
		startedAt: sampleNowMs - 18_400,
		firstByteAt: sampleNowMs - 17_600,
		agentId: 'main',
	}),
	exchangeRow(347, {
		state: 'streaming',
		startedAt: sampleNowMs - 26_200,
		firstByteAt: sampleNowMs - 25_000,
		askedModel: 'claude-opus-4-8',
		agentId: 'task-2',
	}),
	exchangeRow(346, {
		state: 'held',
		holdReason: 'queue',
		startedAt: sampleNowMs - 12_000,
	}),
	exchangeRow(345, {
		state: 'waiting',
		attempts: 3,
		startedAt: sampleNowMs - 31_000,
		agentId: 'task-1',
	}),
	endedRow(344, {
		outcome: 'error',
		agoMs: 21_000,
		httpStatus: 529,
		errorClass: 'overloaded',
		errorType: 'overloaded_error',
		errorMessage: 'Overloaded',
		usageStatus: 'none',
		inputTokens: null,
		outputTokens: null,
		cacheReadTokens: null,
		cacheWrite5mTokens: null,
		cacheWrite1hTokens: null,
		firstTokenAt: null,
	}),
	endedRow(343, {
		outcome: 'truncated',
		agoMs: 90_000,
		usageStatus: 'partial',
		errorClass: 'truncated',
		outputTokens: 1210,
	}),
	endedRow(342, {
		outcome: 'aborted',
		agoMs: 2000,
		usageStatus: 'partial',
		outputTokens: 96,
	}),
	...finished(count),
];

export const sampleLive: readonly Live[] = [
	liveRow(348, {
		state: 'streaming',
		firstByteAt: sampleNowMs - 17_600,
		firstTokenAt: sampleNowMs - 17_200,
		lastByteAt: sampleNowMs - 100,
		inputTokens: 48_100,
		estimatedOutputTokens: 1204,
		servedModel: 'claude-sonnet-4-6',
	}),
	liveRow(347, {
		state: 'streaming',
		firstByteAt: sampleNowMs - 25_000,
		firstTokenAt: sampleNowMs - 24_600,
		lastByteAt: sampleNowMs - 14_300,
		inputTokens: 12_300,
		estimatedOutputTokens: 310,
		servedModel: 'claude-opus-4-8',
	}),
	liveRow(346, {
		state: 'queued',
		holdReason: 'queue',
		heldSince: sampleNowMs - 12_000,
		silentUntil: sampleNowMs + 228_500,
		attempts: 0,
	}),
	liveRow(345, {state: 'waiting', attempts: 3}),
];

export const sampleAttempts = (): readonly Attempt[] => [
	...Array.from({length: 120}, (_, index) => {
		const startedAt = sampleNowMs - 20_000 - index * 29_000;
		return attemptRow(index + 1, 341 - index, {
			startedAt,
			endedAt: startedAt + 900,
			httpStatus: index % 11 < 2 && index > 6 && index < 60 ? 429 : 200,
		});
	}),
	attemptRow(900, 345, {
		number: 1,
		startedAt: sampleNowMs - 31_000,
		httpStatus: 429,
		errorClass: 'rate_limit',
		outcome: 'error',
		retryAfterMs: 4000,
	}),
	attemptRow(901, 345, {
		number: 2,
		startedAt: sampleNowMs - 24_000,
		endedAt: sampleNowMs - 23_000,
		httpStatus: 429,
		errorClass: 'rate_limit',
		outcome: 'error',
	}),
	attemptRow(902, 345, {
		number: 3,
		startedAt: sampleNowMs - 9000,
		endedAt: null,
		httpStatus: null,
		outcome: 'open',
	}),
];

export const sampleTotals: readonly ModelTotals[] = [
	totalsRow('claude-sonnet-4-6', {
		requests: 212,
		limited: 9,
		inputTokens: 66_000,
		cacheReadTokens: 3_100_000,
		cacheWriteTokens: 720_000,
		outputTokens: 182_000,
		unproven: 2,
		costNanodollars: 8_412_000_000,
	}),
	totalsRow('claude-opus-4-8', {
		requests: 31,
		limited: 2,
		inputTokens: 9000,
		cacheReadTokens: 420_000,
		cacheWriteTokens: 181_000,
		outputTokens: 44_000,
		costNanodollars: 2_904_000_000,
	}),
	totalsRow('claude-haiku-4-5-20251001', {
		requests: 88,
		inputTokens: 240_000,
		cacheReadTokens: 0,
		cacheWriteTokens: 0,
		outputTokens: 21_000,
	}),
	totalsRow('qwen/qwen3.6-coder-480b', {
		requests: 4,
		inputTokens: 9000,
		cacheReadTokens: 0,
		cacheWriteTokens: 0,
		outputTokens: 1200,
		costNanodollars: 0,
		unpriced: 4,
	}),
];

export const joined: SupervisorState = {
	kind: 'joined',
	identity: sampleIdentity(),
};

/**
The model after `messages`, from the sample of a busy log unless `quiet`.
*/
export function sampleModel(
	given: Partial<
		Pick<Model, 'columns' | 'rows' | 'ascii' | 'readOnly' | 'notices'>
	> & {quiet?: boolean; count?: number} = {},
	messages: readonly Message[] = [],
): Model {
	const {quiet = false, count = 60, ...options} = given;
	const start = startModel({
		nowMs: sampleNowMs,
		columns: 60,
		rows: 30,
		ascii: false,
		readOnly: false,
		notices: [],
		...options,
	});
	const busy: readonly Message[] = [
		{
			kind: 'attached',
			news: {
				revision: 9,
				exchanges: sampleExchanges(count),
				attempts: sampleAttempts(),
			},
		},
		{kind: 'live', rows: sampleLive},
		{kind: 'totals', totals: sampleTotals},
	];
	let model = start;
	for (const message of [
		{kind: 'supervisor', state: joined, nowMs: sampleNowMs} as const,
		{kind: 'passthrough', row: sampleRow()} as const,
		...(quiet ? [] : busy),
		...messages,
	]) {
		model = update(model, message);
	}

	return model;
}
