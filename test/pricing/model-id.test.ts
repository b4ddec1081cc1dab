import fs from 'node:fs';
import {describe, expect, test} from 'vitest';
import {catalogueModels, findModel} from '../../source/pricing/catalogue.js';

const {cases} = JSON.parse(
	fs.readFileSync(
		new URL('../fixtures/model-id-cases.json', import.meta.url),
		'utf8',
	),
) as {
	cases: ReadonlyArray<{
		readonly raw: string;
		readonly provider: string;
		readonly key: string | null;
	}>;
};

const found = (raw: string, provider?: string) => {
	const model = findModel(raw, provider);
	return model && `${model.provider} ${model.id}`;
};

describe('a model id from a gateway', () => {
	test.each(cases)('$raw is $key', ({raw, provider, key}) => {
		expect(found(raw)).toBe(key === null ? undefined : `${provider} ${key}`);
	});

	test.each([
		['claude-sonnet-4@20250514', 'anthropic claude-sonnet-4'],
		[
			'vertex_ai/claude-opus-4-5@20251101',
			'anthropic claude-opus-4-5-20251101',
		],
		['openrouter/anthropic/claude-opus-5.5', 'anthropic claude-opus-5-5'],
		['models/gemini-2.5-pro', 'google gemini-2.5-pro'],
		['anthropic/claude-haiku-5.5[1m]', 'anthropic claude-haiku-5-5'],
		['claude-opus-5-5-20261001', 'anthropic claude-opus-5-5'],
		['x-ai/grok-4.7', 'xai grok-4.7'],
	])('%s is %s', (raw, expected) => {
		expect(found(raw)).toBe(expected);
	});

	test.each([
		'',
		'/',
		'claude',
		'claude-sonnet',
		'claude-sonnet-4-6-fast',
		'claude-sonnet-4-6:free',
		'my-claude-sonnet-4-6',
		'gpt-5.4-mini-high',
		'gpt-5.4-2026-03',
		'somebody/gpt-5.4',
		'google/claude-sonnet-4-6',
		'anthropic/gpt-5.4',
		'[1m]',
		'__proto__',
		'constructor',
		'claude-sonnet-4-6\nclaude-sonnet-4-6',
	])('%j is nobody, and so without a price', (raw) => {
		expect(found(raw)).toBeUndefined();
	});
});

describe('at the own host of a provider', () => {
	test('only its own prices hold', () => {
		expect(found('openai/gpt-oss-120b')).toBeUndefined();
		expect(found('openai/gpt-oss-120b', 'groq')).toBe(
			'groq openai/gpt-oss-120b',
		);
		expect(found('claude-sonnet-4.6', 'anthropic')).toBe(
			'anthropic claude-sonnet-4-6',
		);
		expect(found('gpt-5.4', 'anthropic')).toBeUndefined();
	});
});

test('every id of a maker is found under its own name', () => {
	const hosts = new Set(['groq', 'cerebras', 'together', 'fireworks']);
	const lost = catalogueModels()
		.filter(({provider}) => !hosts.has(provider))
		.filter(({id}) => findModel(id)?.id !== id)
		.map(({id}) => id);
	expect(lost).toEqual([]);
});
