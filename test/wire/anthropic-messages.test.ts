import {describe, expect, test} from 'vitest';
import {answerOf, factsOf, factsOfJson, streamOf} from './said.js';

const format = 'anthropic-messages';
const read = async (stream: string, how?: 'complete' | 'cut') =>
	factsOf(answerOf(format), stream, how);

const begun = (usage: unknown, id = 'msg_1') =>
	[
		'message_start',
		{
			type: 'message_start',
			message: {
				id,
				type: 'message',
				role: 'assistant',
				model: 'claude-sonnet-4-6',
				content: [],
				stop_reason: null,
				usage,
			},
		},
	] as const;
const delta = [
	'content_block_delta',
	{
		type: 'content_block_delta',
		index: 0,
		delta: {type: 'text_delta', text: 'hello there'},
	},
] as const;
const changed = (usage: unknown, stopReason: string | null = 'end_turn') =>
	[
		'message_delta',
		{
			type: 'message_delta',
			delta: {stop_reason: stopReason, stop_sequence: null},
			usage,
		},
	] as const;
const stop = ['message_stop', {type: 'message_stop'}] as const;

const startUsage = {
	input_tokens: 1000,
	cache_creation_input_tokens: 400,
	cache_read_input_tokens: 200,
	cache_creation: {
		ephemeral_5m_input_tokens: 400,
		ephemeral_1h_input_tokens: 0,
	},
	output_tokens: 1,
};

describe('usage of a stream', () => {
	test('a delta that divides the input anew replaces all of it', async () => {
		const {usage, anomalies} = await read(
			streamOf(
				begun({input_tokens: 1600, output_tokens: 1}),
				delta,
				changed({
					input_tokens: 100,
					cache_read_input_tokens: 1500,
					cache_creation_input_tokens: 0,
					output_tokens: 20,
				}),
				stop,
			),
		);
		expect(usage).toMatchObject({input: 100, cacheRead: 1500, output: 20});
		expect(anomalies).toEqual([]);
	});

	test.each([
		[{input_tokens: 0, output_tokens: 30}],
		[
			{
				input_tokens: 0,
				cache_read_input_tokens: 0,
				cache_creation_input_tokens: null,
				output_tokens: 30,
			},
		],
	])('input that falls to zero is not believed: %j', async (usage) => {
		const facts = await read(
			streamOf(begun(startUsage), delta, changed(usage), stop),
		);
		expect(facts.usage).toMatchObject({
			input: 1000,
			cacheRead: 200,
			cacheWrite5m: 400,
			output: 30,
		});
		expect(facts.anomalies).toEqual(['delta_input_zeroed']);
		expect(facts.usageStatus).toBe('exact');
	});

	test('input of zero is believed where the cache has it all', async () => {
		const {usage, anomalies} = await read(
			streamOf(
				begun(startUsage),
				delta,
				changed({
					input_tokens: 0,
					cache_read_input_tokens: 1600,
					cache_creation_input_tokens: 0,
					cache_creation: {
						ephemeral_5m_input_tokens: 0,
						ephemeral_1h_input_tokens: 0,
					},
					output_tokens: 30,
				}),
				stop,
			),
		);
		expect(usage).toMatchObject({
			input: 0,
			cacheRead: 1600,
			cacheWrite5m: 0,
		});
		expect(anomalies).toEqual([]);
	});

	test('what a delta leaves out or sets to null stays as it was', async () => {
		const {usage, serviceTier, webFetches} = await read(
			streamOf(
				begun({
					...startUsage,
					service_tier: 'standard',
					server_tool_use: {
						web_search_requests: 1,
						web_fetch_requests: 2,
					},
				}),
				delta,
				changed({
					input_tokens: null,
					cache_creation: null,
					server_tool_use: null,
					service_tier: null,
					output_tokens: 30,
				}),
				stop,
			),
		);
		expect(usage).toEqual({
			input: 1000,
			output: 30,
			cacheRead: 200,
			cacheWrite5m: 400,
			cacheWrite1h: 0,
			reasoning: undefined,
			webSearch: 1,
		});
		expect({serviceTier, webFetches}).toEqual({
			serviceTier: 'standard',
			webFetches: 2,
		});
	});

	test('negative and absurd counters are left out', async () => {
		const {usage} = await read(
			streamOf(
				begun(startUsage),
				delta,
				changed({input_tokens: -5, output_tokens: 1e300}),
				changed({output_tokens: '12'}),
				stop,
			),
		);
		expect(usage).toMatchObject({input: 1000, output: 1});
	});

	test.each([
		{written: 300, split: [100, 200], as: [100, 200], flags: []},
		{written: 500, split: [100, 200], as: [300, 200], flags: []},
		{
			written: 500,
			split: [0, 0],
			as: [500, 0],
			flags: ['cache_ttl_assumed_5m'],
		},
		{written: null, split: [100, 200], as: [100, 200], flags: []},
	])(
		'$written tokens written and a split of $split are $as',
		async ({written, split, as, flags}) => {
			const {usage, anomalies} = await read(
				streamOf(
					begun({
						input_tokens: 1,
						cache_creation_input_tokens: written,
						cache_creation: {
							ephemeral_5m_input_tokens: split[0],
							ephemeral_1h_input_tokens: split[1],
						},
						output_tokens: 1,
					}),
					changed({output_tokens: 3}),
					stop,
				),
			);
			expect([usage?.cacheWrite5m, usage?.cacheWrite1h]).toEqual(as);
			expect(anomalies).toEqual(flags);
		},
	);

	test('an answer without usage has unknown usage, not zero', async () => {
		const {usage, usageStatus, outcome} = await read(
			streamOf(begun(null), delta, changed(null), stop),
		);
		expect({usage, usageStatus, outcome}).toEqual({
			usage: undefined,
			usageStatus: 'missing',
			outcome: 'ok',
		});
	});

	test('an output that was never counted is a lower bound', async () => {
		const {usage, usageStatus} = await read(
			streamOf(begun(startUsage), delta, stop),
		);
		expect(usage?.output).toBe(1);
		expect(usageStatus).toBe('partial');
	});
});

describe('a cost that the gateway reports', () => {
	const costOf = async (
		atStart: unknown,
		...later: readonly unknown[]
	): Promise<number | undefined> => {
		const {reportedCostUsd} = await read(
			streamOf(
				begun({...startUsage, cost: atStart}),
				...later.map((cost) => changed({output_tokens: 5, cost})),
				stop,
			),
		);
		return reportedCostUsd;
	};

	test.each([
		[0.25, undefined, [0.25]],
		[0.25, 0, [0.1, 0.25]],
		[0, 0.25, [0]],
		[0.25, 0.25, [null]],
		[0.25, 0.25, [-1, '7']],
		[undefined, undefined, [undefined]],
	])(
		'is %j where the beginning says %j and then %j',
		async (cost, atStart, later) => {
			expect(await costOf(atStart, ...later)).toBe(cost);
		},
	);

	test('is not taken from the beginning of an answer that broke off there', async () => {
		const {reportedCostUsd, usage} = await read(
			streamOf(begun({...startUsage, cost: 0}), delta),
			'cut',
		);
		expect(reportedCostUsd).toBeUndefined();
		expect(usage?.input).toBe(1000);
	});

	test('is read in a body too', async () => {
		const {reportedCostUsd} = await factsOfJson(format, {
			id: 'msg_1',
			type: 'message',
			model: 'anthropic/claude-sonnet-4.6',
			content: [],
			stop_reason: 'end_turn',
			usage: {...startUsage, cost: 0.0042},
		});
		expect(reportedCostUsd).toBe(0.0042);
	});
});

describe('how a stream ends', () => {
	test('a second beginning replaces the first and is flagged', async () => {
		const facts = await read(
			streamOf(
				begun({...startUsage, cache_creation: null}),
				begun({input_tokens: 700, output_tokens: 1}),
				delta,
				changed({output_tokens: 9}),
			),
		);
		expect(facts.usage).toMatchObject({
			input: 700,
			cacheRead: 0,
			cacheWrite5m: 0,
			output: 9,
		});
		expect(facts.outcome).toBe('ok');
		expect(facts.anomalies).toEqual([
			'duplicate_message_start',
			'missing_message_stop',
		]);
	});

	test('a stop reason ends the answer also where the socket died after it', async () => {
		const {outcome, usageStatus, anomalies} = await read(
			streamOf(begun(startUsage), delta, changed({output_tokens: 9})),
			'cut',
		);
		expect({outcome, usageStatus, anomalies}).toEqual({
			outcome: 'ok',
			usageStatus: 'exact',
			anomalies: ['missing_message_stop'],
		});
	});

	test.each(['complete', 'cut'] as const)(
		'a stream without a last word is truncated (%s)',
		async (how) => {
			const {outcome, usageStatus, stopReason} = await read(
				streamOf(begun(startUsage), delta, changed({output_tokens: 9}, null)),
				how,
			);
			expect({outcome, usageStatus, stopReason}).toEqual({
				outcome: 'truncated',
				usageStatus: 'partial',
				stopReason: undefined,
			});
		},
	);

	test('a stream without a word is truncated and its usage missing', async () => {
		const {outcome, usageStatus} = await read('');
		expect({outcome, usageStatus}).toEqual({
			outcome: 'truncated',
			usageStatus: 'missing',
		});
	});

	test('an error without usage before it leaves the usage missing', async () => {
		const {outcome, usageStatus, error} = await read(
			streamOf([
				'error',
				{type: 'error', error: {type: 'api_error', message: 'Oops'}},
			]),
		);
		expect({outcome, usageStatus}).toEqual({
			outcome: 'error',
			usageStatus: 'missing',
		});
		expect(error).toMatchObject({class: 'server', message: 'Oops'});
	});

	test.each([
		[
			'with the words under message',
			{
				type: 'error',
				message: {type: 'overloaded_error', message: 'Overloaded'},
			},
			{class: 'overloaded', type: 'overloaded_error'},
		],
		[
			'with a number for a code',
			{type: 'error', error: {code: 429, message: 'slow down'}},
			{class: 'rate_limit', code: '429'},
		],
		['with a bare sentence', {error: 'no'}, {class: 'server', message: 'no'}],
		['that says nothing', {}, {class: 'server', message: '{}'}],
	])('an error %s is understood', async (_, body, expected) => {
		const {error, outcome} = await read(
			streamOf(begun(startUsage), delta, ['error', body]),
		);
		expect(outcome).toBe('error');
		expect(error).toMatchObject({...expected, inStream: true});
	});

	test('an error that is no JSON keeps its words', async () => {
		const {error} = await read('event: error\ndata: upstream gone\n\n');
		expect(error).toMatchObject({
			class: 'server',
			message: 'upstream gone',
		});
	});
});

describe('what is billed beside the message', () => {
	const withIterations = async (iterations: unknown) =>
		read(
			streamOf(
				begun(startUsage),
				delta,
				changed({output_tokens: 9, iterations}),
				stop,
			),
		);

	test('an advisor counts at its own model, a message not at all', async () => {
		const facts = await withIterations([
			{
				type: 'message',
				input_tokens: 1000,
				output_tokens: 9,
				cache_creation_input_tokens: 0,
				cache_read_input_tokens: 0,
			},
			{
				type: 'advisor_message',
				model: 'claude-opus-5-5',
				input_tokens: 823,
				output_tokens: 1612,
				cache_creation_input_tokens: 30,
				cache_read_input_tokens: 7,
				cache_creation: {
					ephemeral_5m_input_tokens: 10,
					ephemeral_1h_input_tokens: 20,
				},
			},
		]);
		expect(facts.extraUsage).toEqual([
			{
				kind: 'advisor',
				model: 'claude-opus-5-5',
				input: 823,
				output: 1612,
				cacheRead: 7,
				cacheWrite5m: 10,
				cacheWrite1h: 20,
				reasoning: undefined,
				webSearch: 0,
			},
		]);
		expect(facts.usage).toMatchObject({input: 1000, output: 9});
		expect(facts.servedModel).toBe('claude-sonnet-4-6');
	});

	test('a fallback is the model that served, a declined hop is not billed', async () => {
		const facts = await withIterations([
			{type: 'message', model: 'claude-sonnet-4-6', input_tokens: 5},
			{type: 'fallback_message', model: 'claude-opus-5-5'},
			{type: 'compaction', input_tokens: 11, output_tokens: 2},
		]);
		expect(facts.servedModel).toBe('claude-opus-5-5');
		expect(facts.extraUsage).toMatchObject([
			{kind: 'compaction', model: 'claude-opus-5-5', input: 11},
		]);
	});

	test('a fallback credit is flagged', async () => {
		const {anomalies} = await read(
			streamOf(
				begun(startUsage),
				delta,
				changed({output_tokens: 9, fallback_credit: {tokens: 4}}),
				stop,
			),
		);
		expect(anomalies).toEqual(['fallback_credit']);
	});
});

describe('odd framing', () => {
	test('events without a name are read by their type', async () => {
		const named = streamOf(
			begun(startUsage),
			delta,
			changed({output_tokens: 9}),
			stop,
		);
		const {events, usage, outcome} = await read(
			named.replaceAll(/^event: .*\n/gm, ''),
		);
		expect({events, outcome, output: usage?.output}).toEqual({
			events: 4,
			outcome: 'ok',
			output: 9,
		});
	});

	test('an event that is no JSON is flagged and passed over', async () => {
		const facts = await read(
			`${streamOf(begun(startUsage))}event: message_delta\ndata: {"type":\n\n${streamOf(changed({output_tokens: 9}), stop)}`,
		);
		expect(facts.usage?.output).toBe(9);
		expect(facts.anomalies).toEqual(['malformed_event']);
	});
});

test('a large message is read without its content', async () => {
	const facts = await factsOfJson(format, {
		id: 'msg_2',
		type: 'message',
		model: 'claude-opus-5-5',
		content: [{type: 'text', text: 'a "quoted" \\ line\n'.repeat(5000)}],
		stop_reason: 'max_tokens',
		usage: {...startUsage, output_tokens: 64_000},
	});
	expect(facts).toMatchObject({
		outcome: 'ok',
		usageStatus: 'exact',
		servedModel: 'claude-opus-5-5',
		messageId: 'msg_2',
		stopReason: 'max_tokens',
		usage: {input: 1000, output: 64_000},
	});
});
