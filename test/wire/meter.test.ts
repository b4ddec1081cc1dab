import {Buffer} from 'node:buffer';
import {describe, expect, test} from 'vitest';
import {wireFormats} from '../../source/wire/formats.js';
import {createMeter} from '../../source/wire/meter.js';
import {byteByByte, measure} from './measured.js';
import {answerOf, factsOf, jsonHeaders, streamOf} from './said.js';

const format = 'anthropic-messages';
const begun = Buffer.from(
	streamOf([
		'message_start',
		{
			message: {
				id: 'msg_1',
				model: 'claude-sonnet-4-6',
				usage: {input_tokens: 30, output_tokens: 1},
			},
		},
	]),
);
const deltaOf = (text: string) =>
	Buffer.from(
		streamOf([
			'content_block_delta',
			{
				type: 'content_block_delta',
				index: 0,
				delta: {type: 'text_delta', text},
			},
		]),
	);
const end = Buffer.from(
	streamOf(
		[
			'message_delta',
			{delta: {stop_reason: 'end_turn'}, usage: {output_tokens: 12}},
		],
		['message_stop', {}],
	),
);

describe('while a stream runs', () => {
	test('the first token is seen with the push that brings it', () => {
		const meter = createMeter(answerOf(format));
		expect(meter.usageSoFar).toBeUndefined();
		meter.push(begun);
		expect(meter.sawToken).toBe(false);
		expect(meter.servedModel).toBe('claude-sonnet-4-6');
		expect(meter.usageSoFar).toMatchObject({input: 30});
		meter.push(Buffer.from('event: ping\ndata: {"type":"ping"}\n\n'));
		expect(meter.sawToken).toBe(false);
		meter.push(deltaOf('hello'));
		expect(meter.sawToken).toBe(true);
	});

	test('what follows the first token is read in batches, or when asked', () => {
		const meter = createMeter(answerOf(format));
		meter.push(begun);
		meter.push(deltaOf('hello'));
		const before = meter.estimatedOutputTokens;
		meter.push(deltaOf('x'.repeat(4000)));
		expect(meter.estimatedOutputTokens).toBe(before);
		meter.catchUp();
		expect(meter.estimatedOutputTokens).toBe(before + 1000);
		meter.push(deltaOf('x'.repeat(40_000)));
		expect(meter.estimatedOutputTokens).toBeGreaterThan(10_000);
	});

	test('what is known so far is what an end here would mean', () => {
		const meter = createMeter(answerOf(format));
		meter.push(begun);
		meter.push(deltaOf('hello'));
		meter.push(end);
		expect(meter.soFar('cut')).toMatchObject({
			outcome: 'ok',
			usage: {output: 12},
		});
		expect(meter.end('complete')).toMatchObject({outcome: 'ok', events: 4});
	});

	test('a push after the end changes nothing', () => {
		const meter = createMeter(answerOf(format));
		meter.push(begun);
		const facts = meter.end('cut');
		meter.push(end);
		expect(meter.soFar('cut')).toEqual(facts);
	});

	test.each([
		['anthropic-messages', {delta: {type: 'thinking_delta'}}, true],
		['openai-chat', {choices: [{delta: {role: 'assistant'}}]}, false],
		[
			'openai-chat',
			{choices: [{delta: {role: 'assistant', content: ''}}]},
			false,
		],
		['openai-chat', {choices: [{delta: {content: 'a'}}]}, true],
		['openai-chat', {choices: [{delta: {reasoning_content: 'a'}}]}, true],
		['openai-chat', {choices: [{delta: {reasoning: 'a'}}]}, true],
		['openai-chat', {choices: [{delta: {tool_calls: [{}]}}]}, true],
		['openai-chat', {choices: [], usage: null}, false],
	] as const)('%s: %j is a token: %s', (name, data, expected) => {
		const meter = createMeter(answerOf(name));
		const event =
			name === 'openai-chat'
				? JSON.stringify(data)
				: (['content_block_delta', data] as const);
		meter.push(Buffer.from(streamOf(event)));
		expect(meter.sawToken).toBe(expected);
	});

	test.each([
		['response.output_text.delta', true],
		['response.function_call_arguments.delta', true],
		['response.reasoning_summary_text.delta', true],
		['response.function_call_arguments.done', true],
		['response.output_item.added', false],
	])('%s is a token: %s', (type, expected) => {
		const meter = createMeter(answerOf('openai-responses'));
		meter.push(Buffer.from(streamOf([type, {type, delta: 'abcdefgh'}])));
		expect(meter.sawToken).toBe(expected);
	});

	test('a signature is not taken for output', () => {
		const meter = createMeter(answerOf(format));
		meter.push(
			Buffer.from(
				streamOf([
					'content_block_delta',
					{
						delta: {
							type: 'signature_delta',
							signature: 'Z'.repeat(4000),
						},
					},
				]),
			),
		);
		expect(meter.estimatedOutputTokens).toBe(0);
	});
});

describe('what kind of body it is', () => {
	const stream = Buffer.concat([begun, deltaOf('x'), end]);
	const message = Buffer.from(
		JSON.stringify({
			id: 'm',
			model: 'x',
			usage: {input_tokens: 1, output_tokens: 2},
			stop_reason: 'end_turn',
		}),
	);

	test.each([
		['labelled', ['content-type', 'text/event-stream'], stream, 12],
		['without a label', [], stream, 12],
		['labelled JSON', jsonHeaders, stream, 12],
		[
			'beginning with a comment',
			[],
			Buffer.concat([Buffer.from('\n: hi\n\n'), stream]),
			12,
		],
		[
			'beginning with a byte order mark',
			[],
			Buffer.concat([Buffer.from('\u{FEFF}'), stream]),
			12,
		],
		['in JSON', jsonHeaders, message, 2],
		['in JSON without a label', [], message, 2],
		[
			'in JSON labelled a stream',
			['content-type', 'text/event-stream'],
			message,
			2,
		],
		[
			'in JSON behind a byte order mark',
			jsonHeaders,
			Buffer.concat([Buffer.from('\u{FEFF} '), message]),
			2,
		],
	])('an answer %s is read', async (_, headers, body, output) => {
		for (const pieces of [[body], byteByByte(body)]) {
			expect(await measure(answerOf(format, {headers}), pieces)).toMatchObject({
				outcome: 'ok',
				usage: {output},
				anomalies: [],
			});
		}
	});

	test.each([
		['complete', 'ok'],
		['cut', 'truncated'],
	] as const)('a page of HTML that ends %s is %s', async (how, outcome) => {
		expect(
			await factsOf(
				answerOf(format, {headers: ['content-type', 'text/html']}),
				'<html>please sign in</html>',
				how,
			),
		).toMatchObject({
			outcome,
			usageStatus: 'missing',
			anomalies: ['unreadable_body'],
		});
	});

	test.each(['complete', 'cut'] as const)(
		'JSON cut short is truncated (%s)',
		async (how) => {
			expect(
				await factsOf(
					answerOf(format, {headers: jsonHeaders}),
					message.subarray(0, -3),
					how,
				),
			).toMatchObject({
				outcome: 'truncated',
				usageStatus: 'missing',
				anomalies: [],
			});
		},
	);

	test('JSON that is whole is complete, though the socket died', async () => {
		expect(
			await factsOf(answerOf(format, {headers: jsonHeaders}), message, 'cut'),
		).toMatchObject({outcome: 'ok', usageStatus: 'exact'});
	});

	test('an endless event costs the usage, not the memory', async () => {
		const meter = createMeter(answerOf(format));
		meter.push(begun);
		for (let pushed = 0; pushed < 10; pushed++) {
			meter.push(Buffer.alloc(1024 * 1024, 'x'));
		}

		expect(await meter.end('complete')).toMatchObject({
			usageStatus: 'missing',
			usage: undefined,
			anomalies: ['sse_overflow'],
		});
	});
});

describe('what is not generated', () => {
	test.each(['complete', 'cut'] as const)(
		'anything else is not read: %s',
		async (how) => {
			expect(
				await factsOf(
					answerOf(format, {kind: 'other', path: '/v1/files'}),
					Buffer.concat([begun, end]),
					how,
				),
			).toMatchObject({
				outcome: how === 'cut' ? 'truncated' : 'ok',
				usageStatus: 'none',
				usage: undefined,
				events: 0,
			});
		},
	);

	test('a format we do not know is not read', async () => {
		expect(
			await factsOf(answerOf(format, {format: undefined}), begun),
		).toMatchObject({outcome: 'ok', usageStatus: 'none'});
	});

	test.each(['generate', 'models', 'count_tokens', 'other'] as const)(
		'a redirect has no usage (%s)',
		async (kind) => {
			expect(
				await factsOf(
					answerOf(format, {kind, status: 307, headers: []}),
					'moved',
				),
			).toMatchObject({outcome: 'ok', usageStatus: 'none'});
		},
	);

	test('counted tokens are no usage', async () => {
		expect(
			await factsOf(
				answerOf(format, {kind: 'count_tokens', headers: jsonHeaders}),
				'{"input_tokens":7}',
			),
		).toMatchObject({
			outcome: 'ok',
			usageStatus: 'none',
			usage: undefined,
			countedInputTokens: 7,
		});
	});
});

test('no bytes make a meter throw', async () => {
	const garbage = [
		'data: null\n\n',
		'data: []\n\n',
		'data: "x"\n\n',
		'event: message_start\ndata: {"message":[]}\n\n',
		'event: message_start\ndata: {"message":{"usage":{"cache_creation":[],"iterations":[null,1,{}]}}}\n\n',
		'event: message_delta\ndata: {"delta":null,"usage":7}\n\n',
		'event: error\ndata: null\n\n',
		'event: response.completed\ndata: {"response":null}\n\n',
		'event: response.failed\ndata: {"response":{"error":7}}\n\n',
		'data: {"choices":[null,{"delta":[],"finish_reason":{}}],"usage":[]}\n\n',
		'{"choices":7,"usage":"x"}',
		'[]',
		'7',
		'\u{0}\u{1F}\u{8B}',
	];
	for (const wireFormat of wireFormats) {
		for (const body of garbage) {
			for (const status of [200, 500]) {
				const meter = createMeter(
					answerOf(wireFormat.name, {status, headers: []}),
				);
				meter.push(Buffer.from(body));
				meter.catchUp();
				const facts = await meter.end('complete');
				expect(facts.usage, body).toSatisfy(
					(usage: unknown) => usage === undefined || status === 200,
				);
				expect(facts.anomalies).not.toContain('meter_error');
			}
		}
	}
});

test.each(wireFormats)(
	'$name says a refusal in its own shape',
	(wireFormat) => {
		const refusal = wireFormat.refusal({
			anthropicType: 'billing_error',
			openaiType: 'billing_error',
			openaiCode: 'insufficient_quota',
			message: 'The cap is reached.',
			requestId: 'req_1',
		});
		expect(refusal).toEqual(
			wireFormat.name === 'anthropic-messages'
				? {
						type: 'error',
						error: {
							type: 'billing_error',
							message: 'The cap is reached.',
						},
						request_id: 'req_1',
					}
				: {
						error: {
							message: 'The cap is reached.',
							type: 'billing_error',
							code: 'insufficient_quota',
							param: null,
						},
					},
		);
	},
);
