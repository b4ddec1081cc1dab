import {describe, expect, test} from 'vitest';
import {answerOf, factsOf, factsOfJson, streamOf} from './said.js';

const format = 'openai-chat';
const read = async (stream: string, how?: 'complete' | 'cut') =>
	factsOf(answerOf(format), stream, how);

const chunk = (extra: object, choice: object = {}) =>
	JSON.stringify({
		id: 'chatcmpl-1',
		object: 'chat.completion.chunk',
		model: 'gpt-5.4',
		choices: [{index: 0, delta: {}, finish_reason: null, ...choice}],
		...extra,
	});
const text = chunk({}, {delta: {content: 'hi'}});
const finished = chunk({}, {finish_reason: 'stop'});
const done = '[DONE]';

const usage = {prompt_tokens: 50, completion_tokens: 10, total_tokens: 60};

describe('where usage is found', () => {
	test.each([
		['at the top', chunk({choices: [], usage})],
		['in the first choice', chunk({}, {finish_reason: 'stop', usage})],
		['under x_groq', chunk({x_groq: {id: 'r', usage}})],
		['beside a usage that is empty', chunk({usage: {}, x_groq: {usage}})],
		['spaced out', `{"usage" : ${JSON.stringify(usage)} , "choices" : []}`],
	])('%s', async (_, last) => {
		const facts = await read(streamOf(text, finished, last, done));
		expect(facts).toMatchObject({
			usageStatus: 'exact',
			usage: {input: 50, output: 10},
			anomalies: [],
		});
	});

	test('the last real one wins, and nothing takes it back', async () => {
		const facts = await read(
			streamOf(
				chunk(
					{usage: {prompt_tokens: 50, completion_tokens: 1}},
					{delta: {content: 'a'}},
				),
				chunk({usage}, {finish_reason: 'stop'}),
				chunk({usage: null}),
				chunk({usage: {}}),
				chunk({usage: {completion_tokens: 3}}),
				done,
			),
		);
		expect(facts.usage).toMatchObject({input: 50, output: 10});
	});

	test('a text that speaks of usage is not usage', async () => {
		const facts = await read(
			streamOf(
				text,
				chunk({}, {delta: {content: '"usage":{"prompt_tokens":9},"error":1'}}),
				finished,
				done,
			),
		);
		expect(facts).toMatchObject({outcome: 'ok', usageStatus: 'missing'});
	});
});

describe('the split', () => {
	test.each([
		[
			'a hit beside the details',
			{...usage, cached_tokens: 20},
			{input: 30, cacheRead: 20},
		],
		[
			'a hit in words of DeepSeek',
			{...usage, prompt_cache_hit_tokens: 20},
			{input: 30, cacheRead: 20},
		],
		[
			'the details first, also where they say zero',
			{
				...usage,
				prompt_tokens_details: {cached_tokens: 0},
				prompt_cache_hit_tokens: 20,
			},
			{input: 50, cacheRead: 0},
		],
		[
			'more cached than asked',
			{...usage, prompt_tokens_details: {cached_tokens: 80}},
			{input: 0, cacheRead: 80},
		],
		[
			'reasoning inside of the completion',
			{...usage, completion_tokens_details: {reasoning_tokens: 4}},
			{output: 10, reasoning: 4},
		],
	])('%s', async (_, said, expected) => {
		const facts = await read(
			streamOf(text, chunk({usage: said}, {finish_reason: 'stop'}), done),
		);
		expect(facts.usage).toMatchObject(expected);
		expect(facts.anomalies).toEqual([]);
	});

	test('reasoning that the completion leaves out is added and flagged', async () => {
		const facts = await read(
			streamOf(
				text,
				chunk({
					usage: {
						prompt_tokens: 50,
						completion_tokens: 10,
						total_tokens: 360,
						completion_tokens_details: {reasoning_tokens: 300},
					},
				}),
				finished,
				done,
			),
		);
		expect(facts.usage).toMatchObject({output: 310, reasoning: 300});
		expect(facts.anomalies).toEqual(['reasoning_outside_completion']);
	});
});

describe('how it ends', () => {
	test.each([
		['done alone', streamOf(text, done), 'ok', []],
		['done with a tail', streamOf(text, '[DONE] '), 'ok', []],
		['a finish reason alone', streamOf(text, finished), 'ok', ['missing_done']],
		['neither', streamOf(text), 'truncated', []],
	])('%s', async (_, stream, outcome, anomalies) => {
		expect(await read(stream)).toMatchObject({
			outcome,
			anomalies,
			usageStatus: 'missing',
		});
	});

	test('usage of a stream that was cut is partial', async () => {
		expect(
			await read(streamOf(chunk({usage}, {delta: {content: 'a'}})), 'cut'),
		).toMatchObject({outcome: 'truncated', usageStatus: 'partial'});
	});

	test('an error event by name is an error', async () => {
		expect(
			await read(
				streamOf(text, ['error', {message: 'gone', code: 'server_error'}]),
			),
		).toMatchObject({
			outcome: 'error',
			error: {class: 'server', code: 'server_error', message: 'gone'},
		});
	});

	test.each([
		[
			{error: {message: 'No such model', code: 'model_not_found'}},
			'model_not_found',
		],
		[{error: {message: 'x', code: '429'}}, 'rate_limit'],
		[{error: 'broken'}, 'server'],
		[[{error: {code: 503, message: 'x', status: 'UNAVAILABLE'}}], 'server'],
	])('a JSON error in place of a stream: %j', async (body, errorClass) => {
		expect(await factsOfJson(format, body)).toMatchObject({
			outcome: 'error',
			usageStatus: 'missing',
			error: {class: errorClass, inStream: true},
		});
	});
});

test('the first chunk may have no model yet', async () => {
	const facts = await read(
		streamOf(
			chunk({id: '', model: '', choices: [], prompt_filter_results: []}),
			text,
			finished,
			done,
		),
	);
	expect(facts).toMatchObject({
		servedModel: 'gpt-5.4',
		messageId: 'chatcmpl-1',
	});
});

test.each([1, 2])('a large completion of %i choices is read', async (count) => {
	const choice = {
		index: 0,
		message: {role: 'assistant', content: '"x" \\\n'.repeat(4000)},
		finish_reason: 'length',
	};
	expect(
		await factsOfJson(format, {
			id: 'c',
			model: 'm',
			choices: Array.from({length: count}, () => choice),
			usage,
		}),
	).toMatchObject({
		outcome: 'ok',
		servedModel: 'm',
		stopReason: 'length',
		usage: {input: 50, output: 10},
	});
});
