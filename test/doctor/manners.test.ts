import {expect, test} from 'vitest';
import {startEndpoint, type Call} from '../helpers/endpoint.js';
import {
	complaints,
	gateway,
	goodKey,
	json,
	look,
	lost,
	said,
} from './patient.js';

type Asked = Readonly<{
	stream?: boolean;
	stream_options?: unknown;
	max_tokens?: number;
	max_completion_tokens?: number;
	messages?: unknown;
}>;

const refuse = (call: Call, message: string): void => {
	json(call, 400, {error: {message, type: 'invalid_request_error'}});
};

/**
Chat Completions, one chunk after the other; `objects` says what is refused of a request.
*/
const chat = (objects: (asked: Asked) => string | undefined) =>
	gateway({
		models(call) {
			json(
				call,
				call.heard.header('authorization') === undefined ? 401 : 200,
				call.heard.header('authorization') === undefined
					? {error: {message: 'No key'}}
					: {
							object: 'list',
							data: [{id: 'gpt-5.4'}, {id: 'claude-sonnet-4-6'}],
						},
			);
		},
		async otherwise(call) {
			const asked = JSON.parse(String(await call.heard.body())) as Asked;
			const objection =
				asked.messages === undefined ? 'messages: required' : objects(asked);
			if (objection !== undefined) {
				refuse(call, objection);
				return;
			}

			const usage = {prompt_tokens: 9, completion_tokens: 4, total_tokens: 13};
			if (asked.stream !== true) {
				json(call, 200, {
					choices: [{message: {content: 'Noon.'}, finish_reason: 'stop'}],
					usage,
				});
				return;
			}

			const {response} = call;
			response.writeHead(200, {'content-type': 'text/event-stream'});
			for (const chunk of [
				{choices: [{delta: {content: '1'}}]},
				{choices: [{delta: {content: '2'}}]},
				{choices: [{delta: {content: '3'}}]},
				{choices: [{delta: {}, finish_reason: 'stop'}]},
				...(asked.stream_options === undefined ? [] : [{choices: [], usage}]),
			]) {
				response.write(`data: ${JSON.stringify(chunk)}\n\n`);

				await new Promise((resolve) => {
					setTimeout(resolve, 5);
				});
			}

			response.end('data: [DONE]\n\n');
		},
	});

const given = {formats: ['openai-chat'], model: 'claude-sonnet-4-6'} as const;

test.each([
	[
		'the newer name of the limit',
		'claude-sonnet-4-6',
		(asked: Asked) =>
			asked.max_tokens === undefined
				? undefined
				: "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.",
	],
	[
		'the older name of the limit',
		'gpt-5.4',
		(asked: Asked) =>
			asked.max_completion_tokens === undefined
				? undefined
				: 'Unknown field: max_completion_tokens',
	],
] as const)(
	'%s is used where the other one is refused',
	async (_, model, objects) => {
		await using endpoint = await startEndpoint(chat(objects));
		const found = await look({...given, model, url: `${endpoint.url}/v1`});

		expect(complaints(found)).toEqual([]);
		expect(said(found, 'chat')?.standing).toBe('ok');
		expect(said(found, 'tools')?.standing).toBe('ok');
	},
);

test('where usage cannot be asked for in streams, that is what has to be written down', async () => {
	await using endpoint = await startEndpoint(
		chat(({stream_options: options}) =>
			options === undefined ? undefined : 'Unknown field: stream_options',
		),
	);
	const found = await look({...given, url: `${endpoint.url}/v1`});

	expect(complaints(found)).toEqual([
		expect.objectContaining({
			check: 'usage',
			standing: 'warn',
			fix: 'Write openai_usage = "observe" in [endpoints.gateway].',
		}),
	]);
	expect(said(found, 'chat')?.standing).toBe('ok');
});

test('a model that wants more room than a tiny answer has said so, and is not broken', async () => {
	await using endpoint = await startEndpoint(
		chat(() => 'max_tokens must be at least 1024 for this model'),
	);
	const found = await look({...given, url: `${endpoint.url}/v1`});

	expect(complaints(found)).toEqual([
		expect.objectContaining({
			check: 'chat',
			standing: 'warn',
			said: 'claude-sonnet-4-6 gives no answer of 64 tokens at most, and says so: max_tokens must be at least 1024 for this model.',
		}),
	]);
});

test('a list that is open to all proves no key, and a question does', async () => {
	await using endpoint = await startEndpoint(
		gateway({
			models(call) {
				json(call, 200, {data: [{id: 'claude-sonnet-4-6'}]});
			},
			messages(call) {
				json(call, 401, {
					error: {message: 'No such key', code: 'invalid_api_key'},
				});
			},
		}),
	);
	const found = await look({url: `${endpoint.url}/v1`});

	expect(found.filter(({check}) => check === 'key')).toEqual([
		expect.objectContaining({
			standing: 'skipped',
			said: 'The list of models is open to all, so it does not show whether the key is taken.',
		}),
		expect.objectContaining({standing: 'bad'}),
	]);
	expect(complaints(found)).toHaveLength(1);
});

test('a format that nobody asked for and that does not answer is only worth a look', async () => {
	await using endpoint = await startEndpoint(
		chat((asked) =>
			asked.stream === true ? 'This model is not supported here' : undefined,
		),
	);
	const both = ['anthropic-messages', 'openai-chat'] as const;
	const url = `${endpoint.url}/v1`;
	const named = await look({url, formats: both});
	const found = await look({url, formats: both, areFormatsSaid: false});

	expect(complaints(named)).toMatchObject([{check: 'chat', standing: 'bad'}]);
	expect(complaints(found)).toMatchObject([
		{
			check: 'chat',
			standing: 'warn',
			fix: 'If it need not speak that format, leave it out of formats in [endpoints.gateway].',
		},
	]);
});

test('that tokens are not counted beforehand is nothing to change', async () => {
	await using endpoint = await startEndpoint(
		gateway({
			countTokens(call) {
				json(call, 404, {error: {message: 'Not Found'}});
			},
		}),
	);
	const found = await look({url: endpoint.url});

	expect(complaints(found)).toEqual([]);
	expect(said(found, 'count_tokens')).toMatchObject({
		standing: 'ok',
		said: 'Tokens are not counted beforehand here (status 404); Claude Code then estimates how full its context is.',
	});
});

test('a key that is looked at before the path, and in one header alone, is not taken for a wrong one', async () => {
	const play = chat(() => undefined);
	await using endpoint = await startEndpoint(async (call) => {
		if (call.heard.header('authorization') !== `Bearer ${goodKey}`) {
			json(call, 401, {error: {message: 'No bearer token'}});
		} else if (call.heard.target.startsWith('/v1/messages')) {
			lost(call);
		} else {
			await play(call);
		}
	});
	const found = await look({
		url: endpoint.url,
		formats: ['anthropic-messages', 'openai-chat'],
		areFormatsSaid: false,
		model: 'gpt-5.4',
	});

	expect(said(found, 'key')?.standing).toBe('ok');
	expect(said(found, 'chat')?.standing).toBe('ok');
	expect(complaints(found)).toEqual([
		expect.objectContaining({
			check: 'formats',
			standing: 'warn',
			fix: 'Write formats = ["openai-chat"] in [endpoints.gateway].',
		}),
	]);
});

test('a key that is taken in the less usual header is not refused where there is no list of models', async () => {
	const play = gateway({
		models(call) {
			json(call, 404, {error: {message: 'Not Found'}});
		},
	});
	await using endpoint = await startEndpoint(async (call) => {
		if (call.heard.header('x-api-key') === goodKey) {
			await play(call);
		} else {
			json(call, 401, {error: {message: 'No key'}});
		}
	});
	const found = await look({
		url: endpoint.url,
		formats: ['anthropic-messages', 'openai-chat'],
		areFormatsSaid: false,
	});

	expect(said(found, 'messages')?.standing).toBe('ok');
	expect(found.filter(({standing}) => standing === 'bad')).toEqual([]);
});
