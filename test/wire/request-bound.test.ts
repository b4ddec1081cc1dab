import {Buffer} from 'node:buffer';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {readRequest} from '../../source/wire/request-body.js';

const read = (text: string) => readRequest(Buffer.from(text));

describe('the most tokens that an answer may have', () => {
	test.each<readonly [string, string, number | undefined]>([
		['Anthropic Messages', '{"max_tokens":32000}', 32_000],
		['Chat Completions', '{"max_completion_tokens":900}', 900],
		['Responses', '{"max_output_tokens":1}', 1],
		['a body that does not say', '{"model":"m"}', undefined],
		['none at all', '{"max_tokens":0}', 0],
		[
			'several names: the largest',
			'{"max_output_tokens":7,"max_tokens":9,"max_completion_tokens":8}',
			9,
		],
		['a key given twice: the last', '{"max_tokens":9,"max_tokens":4}', 4],
		[
			'a key given twice, the last of which says nothing',
			'{"max_tokens":9,"max_tokens":null}',
			undefined,
		],
		[
			'one name that says nothing',
			'{"max_tokens":null,"max_completion_tokens":5}',
			5,
		],
		['a key in other letters', String.raw`{"m\u0061x_tokens":12}`, 12],
		['white space', '{ "max_tokens" :\n 12 }', 12],
		['one deeper down', '{"x":{"max_tokens":9}}', undefined],
		['text', '{"max_tokens":"9"}', undefined],
		['a negative number', '{"max_tokens":-1}', undefined],
		['a fraction', '{"max_tokens":1.5}', undefined],
		['an exponent', '{"max_tokens":1e3}', undefined],
		['a list', '{"max_tokens":[9]}', undefined],
		[
			'a number too large to be exact',
			'{"max_tokens":99999999999999999999}',
			undefined,
		],
	])('%s', (_, text, expected) => {
		expect(read(text)).toMatchObject({
			readable: true,
			maxOutputTokens: expected,
		});
	});

	test('is read as JSON.parse would, wherever it stands', () => {
		const limit = fc.oneof(
			fc.nat(200_000),
			fc.constantFrom(null, -1, 0.5, 'x', true, [3], {max_tokens: 4}),
		);
		const names = ['max_tokens', 'max_completion_tokens', 'max_output_tokens'];
		fc.assert(
			fc.property(
				fc.array(fc.tuple(fc.constantFrom(...names, 'n', 'other'), limit), {
					maxLength: 8,
				}),
				(members) => {
					const text = `{${members
						.map(([name, value]) => `"${name}":${JSON.stringify(value)}`)
						.join(',')}}`;
					const meant = JSON.parse(text) as Readonly<Record<string, unknown>>;
					const limits = names
						.map((name) => meant[name])
						.filter((value) => isCount(value));
					expect(read(text).maxOutputTokens).toBe(
						limits.length === 0 ? undefined : Math.max(...limits),
					);
					const choices = meant['n'];
					expect(read(text).choices).toBe(
						isCount(choices) ? Math.max(1, choices) : 1,
					);
				},
			),
		);
	});
});

const isCount = (value: unknown): value is number =>
	Number.isSafeInteger(value) && (value as number) >= 0;

test.each<readonly [string, string, number]>([
	['one where nothing is said', '{}', 1],
	['as many as are asked for', '{"n":3}', 3],
	['never none', '{"n":0}', 1],
	['one for what is no number', '{"n":"3"}', 1],
	['the last of two', '{"n":3,"n":2}', 2],
])('the answers asked for at once are %s', (_, text, choices) => {
	expect(read(text).choices).toBe(choices);
});

test('how it is to be served is read as it is asked for', () => {
	expect(
		read('{"speed":"fast","inference_geo":"us","service_tier":"priority"}'),
	).toMatchObject({
		speed: 'fast',
		inferenceGeo: 'us',
		serviceTier: 'priority',
	});
});

test.each([
	['null', '{"speed":null,"inference_geo":null,"service_tier":null}'],
	['no text', '{"speed":1,"inference_geo":["us"],"service_tier":{}}'],
	[
		'a text with an escape that is none',
		String.raw`{"speed":"\q","inference_geo":"\q","service_tier":"\q"}`,
	],
	[
		'a text longer than any name',
		JSON.stringify({
			speed: 'x'.repeat(200),
			inference_geo: 'x'.repeat(200),
			service_tier: 'x'.repeat(200),
		}),
	],
])('%s asks for nothing, and the body stays readable', (_, text) => {
	expect(read(text)).toMatchObject({
		readable: true,
		speed: undefined,
		inferenceGeo: undefined,
		serviceTier: undefined,
	});
});
