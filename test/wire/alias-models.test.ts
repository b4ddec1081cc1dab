import {Buffer} from 'node:buffer';
import Anthropic from '@anthropic-ai/sdk';
import OpenAi from 'openai';
import {describe, expect, test} from 'vitest';
import {
	listModels,
	simulatedModels,
} from '../../source/simulated/model-list.js';
import {
	aliasModel,
	modelIdAsked,
	shapeAsked,
	withAliases,
	type ModelShape,
} from '../../source/wire/alias-models.js';
import {recognise} from '../../source/wire/paths.js';

const createdAt = Date.UTC(2026, 10, 22, 10, 30);
const fast = {
	anthropic:
		'{"type":"model","id":"fast","display_name":"fast","created_at":"2026-11-22T10:30:00.000Z"}',
	openai:
		'{"id":"fast","object":"model","created":1795343400,"owned_by":"tollgate"}',
} as const;

function listed(
	body: string,
	shape: ModelShape = 'anthropic',
	aliases: readonly string[] = ['fast'],
): string {
	return withAliases(Buffer.from(body), {aliases, shape, createdAt}).toString();
}

describe('a list of models', () => {
	test.each<[string, ModelShape, string, string]>([
		[
			'of OpenAI',
			'openai',
			'{"object": "list", "data": [\n {"id":"gpt","object":"model"}\n]}\n',
			`{"object": "list", "data": [\n {"id":"gpt","object":"model"}\n,${fast.openai}]}\n`,
		],
		[
			'of Anthropic, whose last id is then the alias',
			'anthropic',
			'{"data":[{"type":"model","id":"a"}],"has_more":false,"first_id":"a","last_id":"a"}',
			`{"data":[{"type":"model","id":"a"},${fast.anthropic}],"has_more":false,"first_id":"a","last_id":"fast"}`,
		],
		[
			'that is empty',
			'anthropic',
			'{"first_id": null, "last_id": null, "has_more": false, "data": [ ]}',
			`{"first_id": "fast", "last_id": "fast", "has_more": false, "data": [ ${fast.anthropic}]}`,
		],
		[
			'in the shape that was asked for, whatever the others have',
			'anthropic',
			'{"object":"list","data":[{"id":"gpt","pricing":{"data":[]}}]}',
			`{"object":"list","data":[{"id":"gpt","pricing":{"data":[]}},${fast.anthropic}]}`,
		],
		['that is bare', 'openai', '{"data":[]}', `{"data":[${fast.openai}]}`],
	])('%s gains the aliases at its end', (_, shape, body, expected) => {
		expect(listed(body, shape)).toBe(expected);
	});

	test('gains each alias once, in order, and none that it has', () => {
		const body = String.raw`{"data":[{"id":"\u0066ast"},{"id":"x","name":"deep"}]}`;
		const answer = JSON.parse(
			listed(body, 'openai', ['fast', 'deep', 'deep', 'a"b\n']),
		) as {data: ReadonlyArray<{id: string}>};
		expect(answer.data.map(({id}) => id)).toEqual([
			'fast',
			'x',
			'deep',
			'a"b\n',
		]);
	});

	test.each([
		['has all aliases', '{"data":[{"id":"fast"}],"last_id":"fast"}'],
		['has more pages', '{"data":[{"id":"a"}],"has_more":true,"last_id":"a"}'],
		['is an error', '{"type":"error","error":{"message":"data"}}'],
		['has data of another kind', '{"data":{"id":"a"}}'],
		['is a bare list', '[{"id":"a"}]'],
		['is not whole', '{"data":[{"id":"a"}]'],
		['is a page', '<html>{"data":[]}</html>'],
		['is empty', ''],
	])('that %s stays the same bytes', (_, text) => {
		const body = Buffer.from(text);
		const aliases = ['fast'];
		expect(withAliases(body, {aliases, shape: 'openai', createdAt})).toBe(body);
	});

	test('without aliases stays the same bytes', () => {
		const body = Buffer.from('{"data":[]}');
		expect(withAliases(body, {aliases: [], shape: 'openai', createdAt})).toBe(
			body,
		);
	});
});

test.each(['anthropic', 'openai'] as const)(
	'an alias alone is the entry of the list, for %s',
	(shape) => {
		expect(aliasModel('fast', shape, createdAt)).toBe(fast[shape]);
	},
);

describe('the shape asked for', () => {
	test.each([
		['anthropic', ['Anthropic-Version', '2023-06-01', 'x-api-key', 'k']],
		[
			'anthropic',
			['authorization', 'Bearer k', 'anthropic-version', '2026-10-21'],
		],
		['anthropic', ['anthropic-beta', 'oauth', 'authorization', 'Bearer k']],
		['anthropic', ['X-Api-Key', 'k']],
		['openai', ['Authorization', 'Bearer k', 'user-agent', 'OpenAI/JS']],
		['openai', []],
	])('is %s for %j', (shape, headers) => {
		expect(shapeAsked(headers)).toBe(shape);
	});
});

describe('the id asked for', () => {
	test.each([
		['/v1/models', undefined],
		['/models/?limit=1000', undefined],
		['/v1/models?after_id=/v1/models/x', undefined],
		['/v1/models/fast', 'fast'],
		['/v1/v1/models/fast?x=1', 'fast'],
		['/models/z-ai%2Fglm%205', 'z-ai/glm 5'],
		['/v1/models/100%', '100%'],
	])('in %s is %s', (target, id) => {
		const asked = recognise('GET', target);
		expect(asked.kind).toBe('models');
		expect(
			asked.kind === 'refused' ? asked : modelIdAsked(asked.upstreamPath),
		).toBe(id);
	});
});

describe('a client that asks page after page', () => {
	const aliases = ['fast', 'deep'];
	const own = simulatedModels.map(({id}) => id);

	/**
	Answers as an endpoint behind us would.
	*/
	function answering(family: 'anthropic' | 'openai'): typeof fetch {
		return async (asked) => {
			const url = asked instanceof Request ? asked.url : asked;
			const {searchParams} = new URL(url);
			const page = JSON.stringify(listModels(family, searchParams));
			const body = withAliases(Buffer.from(page), {
				aliases,
				shape: family,
				createdAt,
			});
			return new Response(new Uint8Array(body), {
				headers: {'content-type': 'application/json'},
			});
		};
	}

	test.each([1, 2, 5, 100])(
		'meets each alias once, at the end, from Anthropic in pages of %i',
		async (limit) => {
			const client = new Anthropic({
				apiKey: 'any',
				fetch: answering('anthropic'),
			});
			const ids: string[] = [];
			for await (const {id} of client.models.list({limit})) {
				ids.push(id);
			}

			expect(ids).toEqual([...own, ...aliases]);
		},
	);

	test('meets each alias once from OpenAI', async () => {
		const client = new OpenAi({apiKey: 'any', fetch: answering('openai')});
		const ids: string[] = [];
		for await (const {id} of client.models.list()) {
			ids.push(id);
		}

		expect(ids).toEqual([...own, ...aliases]);
	});
});
