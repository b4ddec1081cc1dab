import {expect, test} from 'vitest';
import {answerOf, factsOf, factsOfJson, streamOf} from './said.js';

const format = 'openai-responses';
const read = async (stream: string, how?: 'complete' | 'cut') =>
	factsOf(answerOf(format), stream, how);

const response = {
	id: 'resp_1',
	object: 'response',
	status: 'in_progress',
	error: null,
	incomplete_details: null,
	model: 'gpt-5.4',
	output: [],
	usage: null,
};
const event = (type: string, extra: object) =>
	[type, {type, sequence_number: 1, ...extra}] as const;
const created = event('response.created', {response});
const delta = event('response.output_text.delta', {delta: 'Done'});
const usage = {
	input_tokens: 100,
	input_tokens_details: {cached_tokens: 60, cache_write_tokens: 10},
	output_tokens: 40,
	output_tokens_details: {reasoning_tokens: 30},
	total_tokens: 140,
};

test('an incomplete response is a normal, billed end', async () => {
	const facts = await read(
		streamOf(
			created,
			delta,
			event('response.incomplete', {
				response: {
					...response,
					status: 'incomplete',
					incomplete_details: {reason: 'max_output_tokens'},
					usage,
				},
			}),
		),
	);
	expect(facts).toMatchObject({
		outcome: 'ok',
		stopReason: 'max_output_tokens',
		usageStatus: 'exact',
		usage: {
			input: 30,
			cacheRead: 60,
			cacheWrite5m: 10,
			output: 40,
			reasoning: 30,
		},
	});
});

test('a failure with usage is a partial one', async () => {
	const facts = await read(
		streamOf(
			created,
			event('response.failed', {
				response: {
					...response,
					status: 'failed',
					error: {code: 'rate_limit_exceeded', message: 'slow'},
					usage,
				},
			}),
		),
	);
	expect(facts).toMatchObject({
		outcome: 'error',
		usageStatus: 'partial',
		error: {class: 'rate_limit', code: 'rate_limit_exceeded'},
	});
});

test.each([
	{code: 'server_error', message: 'broke', param: null},
	{error: {type: 'x', code: 'server_error', message: 'broke'}},
])('an error event ends the response: %j', async (body) => {
	expect(await read(streamOf(created, event('error', body)))).toMatchObject({
		outcome: 'error',
		usageStatus: 'missing',
		error: {class: 'server', code: 'server_error', message: 'broke'},
	});
});

test('a response without a terminal event is truncated', async () => {
	expect(await read(streamOf(created, delta))).toMatchObject({
		outcome: 'truncated',
		usageStatus: 'missing',
		servedModel: 'gpt-5.4',
		messageId: 'resp_1',
	});
});

test('a response in JSON is read, however large', async () => {
	expect(
		await factsOfJson(format, {
			...response,
			status: 'completed',
			output: [{type: 'message', text: 'x'.repeat(50_000)}],
			usage,
			service_tier: 'flex',
		}),
	).toMatchObject({
		outcome: 'ok',
		stopReason: 'completed',
		usageStatus: 'exact',
		serviceTier: 'flex',
		usage: {input: 30, output: 40},
	});
});

test('a failed response in JSON is an error', async () => {
	expect(
		await factsOfJson(format, {
			...response,
			status: 'failed',
			error: {code: 'server_error', message: 'broke'},
		}),
	).toMatchObject({
		outcome: 'error',
		error: {class: 'server', code: 'server_error'},
	});
});

test('an error in place of a response is an error', async () => {
	expect(
		await factsOfJson(format, {error: {code: 'insufficient_quota'}}),
	).toMatchObject({outcome: 'error', error: {class: 'quota'}});
});
