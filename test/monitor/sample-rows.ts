import type {
	Identity,
	PassthroughRow,
} from '../../source/control/passthrough-row.js';
import {
	attemptFields,
	exchangeFields,
	liveFields,
	type Attempt,
	type Exchange,
	type Live,
} from '../../source/exchange/exchange.js';
import type {ModelTotals} from '../../source/usage-log/news.js';

/**
14:32:07 of some day, local time.
*/
export const sampleNowMs = new Date(2026, 10, 22, 14, 32, 7).getTime();

/**
A row in which nothing is known.
*/
const nothing = <Row>(fields: object): Row =>
	Object.fromEntries(Object.keys(fields).map((key) => [key, null])) as Row;

export const exchangeRow = (
	id: number,
	given: Partial<Exchange> = {},
): Exchange => ({
	...nothing<Exchange>(exchangeFields),
	id,
	revision: id,
	outcome: 'open',
	state: 'waiting',
	stream: true,
	format: 'anthropic-messages',
	path: '/v1/messages',
	startedAt: sampleNowMs - 10_000,
	askedModel: 'claude-sonnet-4-6',
	sentModel: 'claude-sonnet-4-6',
	endpoint: 'anthropic',
	client: 'claude-cli/2.1.4 (external, cli)',
	session: '0f3a9c1e-77aa-4b1e-9d8c-3b8f0c2a1d55',
	attempts: 1,
	owner: 'one',
	...given,
});

/**
An exchange that ended `agoMs` before now, after `tookMs`.
*/
export const endedRow = (
	id: number,
	{
		agoMs = 20_000,
		tookMs = 6000,
		...given
	}: Partial<Exchange> & {agoMs?: number; tookMs?: number} = {},
): Exchange => {
	const endedAt = sampleNowMs - agoMs;
	const startedAt = endedAt - tookMs;
	return exchangeRow(id, {
		outcome: 'ok',
		state: null,
		startedAt,
		firstByteAt: startedAt + 500,
		firstTokenAt: startedAt + 900,
		endedAt,
		httpStatus: 200,
		servedModel: given.askedModel ?? 'claude-sonnet-4-6',
		usageStatus: 'exact',
		inputTokens: 312,
		cacheReadTokens: 21_000,
		cacheWrite5mTokens: 840,
		cacheWrite1hTokens: 0,
		outputTokens: 420,
		costNanodollars: 41_000_000,
		priceSource: 'catalogue',
		stopReason: 'end_turn',
		...given,
	});
};

export const liveRow = (id: number, given: Partial<Live> = {}): Live => ({
	...nothing<Live>(liveFields),
	id,
	owner: 'one',
	attempts: 1,
	...given,
});

export const attemptRow = (
	id: number,
	exchange: number,
	given: Partial<Attempt> = {},
): Attempt => ({
	...nothing<Attempt>(attemptFields),
	id,
	revision: id,
	exchange,
	number: 1,
	startedAt: sampleNowMs - 10_000,
	endedAt: sampleNowMs - 9000,
	httpStatus: 200,
	outcome: 'ok',
	endpoint: 'anthropic',
	owner: 'one',
	...given,
});

export const totalsRow = (
	model: string,
	given: Partial<ModelTotals> = {},
): ModelTotals => ({
	model,
	requests: 10,
	attempts: 10,
	limited: 0,
	inputTokens: 10_000,
	outputTokens: 4000,
	cacheReadTokens: 80_000,
	cacheWriteTokens: 9000,
	unproven: 0,
	costNanodollars: 250_000_000,
	planNanodollars: 0,
	unpriced: 0,
	rebuiltTokens: 0,
	rebuiltNanodollars: 0,
	...given,
});

export const sampleConfig: PassthroughRow['config'] = {
	endpoints: [
		{
			name: 'anthropic',
			url: 'https://api.anthropic.com',
			formats: ['anthropic-messages'],
		},
	],
	aliases: [],
	endpoint: 'anthropic',
};

export const sampleRow = (
	given: Partial<PassthroughRow> = {},
): PassthroughRow => ({
	instance: 'one',
	home: '/home/dev/.tollgate',
	pid: 4242,
	version: '0.1.0',
	url: 'http://127.0.0.1:4141',
	startedAt: sampleNowMs - 7_800_000,
	heartbeatAt: sampleNowMs - 400,
	state: 'serving',
	config: sampleConfig,
	...given,
});

export const sampleIdentity = (given: Partial<Identity> = {}): Identity => ({
	instance: 'one',
	home: '/home/dev/.tollgate',
	pid: 4242,
	version: '0.1.0',
	startedAt: sampleNowMs - 7_800_000,
	state: 'serving',
	recording: true,
	notRecordingSince: undefined,
	notRecordingReason: undefined,
	open: 0,
	movedAside: undefined,
	config: sampleConfig,
	...given,
});
