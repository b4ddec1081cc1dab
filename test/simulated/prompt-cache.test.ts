import {describe, expect, test} from 'vitest';
import {
	createPromptCache,
	type Prompt,
} from '../../source/simulated/prompt-cache.js';
import {readAnthropic} from '../../source/simulated/read-anthropic.js';

const first: Prompt = {
	tokens: 10_000,
	stableTokens: 6000,
	tailTokens: 3,
	stableTtl: '1h',
	messagesTtl: '5m',
	messages: 1,
	conversation: 'one',
	automatic: false,
};

describe('the second of two prompts', () => {
	const usage = (
		input: number,
		read: number,
		write5m: number,
		write1h = 0,
	) => ({
		input,
		cacheRead: read,
		cacheWrite5m: write5m,
		cacheWrite1h: write1h,
	});

	test.each<[string, Partial<Prompt>, ReturnType<typeof usage>]>([
		['the same again: all is read', {}, usage(3, 9997, 0)],
		[
			'longer: what was added is written',
			{tokens: 12_000, messages: 3},
			usage(3, 9997, 2000),
		],
		[
			'another conversation: all is written',
			{conversation: 'two'},
			usage(3, 0, 3997, 6000),
		],
		[
			'other tools: all is written',
			{stableTokens: 6100},
			usage(3, 0, 3897, 6100),
		],
		[
			'history rewritten: tools are read, the rest is written',
			{tokens: 8000, messages: 0},
			usage(3, 6000, 1997),
		],
		[
			'messages without a mark: tools are read, the rest is input',
			{messagesTtl: undefined},
			usage(4000, 6000, 0),
		],
		[
			'no mark at all: all is input',
			{messagesTtl: undefined, stableTtl: undefined},
			usage(10_000, 0, 0),
		],
		[
			'too short to be cached: all is input',
			{tokens: 1000, stableTokens: 600},
			usage(1000, 0, 0),
		],
	])('%s', (_, change, expected) => {
		const cache = createPromptCache();

		expect(cache.admit(first)).toEqual(usage(3, 0, 3997, 6000));
		expect(cache.admit({...first, ...change})).toEqual(expected);
	});

	test.each([
		[3000, usage(184, 2816, 0)],
		[5000, usage(2184, 2816, 0)],
	])('%i tokens, cached by itself in whole blocks', (tokens, expected) => {
		const cache = createPromptCache();
		const prompt = {...first, automatic: true, tokens: 2900};
		cache.admit(prompt);

		expect(cache.admit({...prompt, tokens})).toEqual(expected);
	});
});

test('marks are found in tools, system and messages', () => {
	const marked = (ttl?: '1h') => ({
		type: 'text',
		text: 'x'.repeat(360),
		cache_control: {type: 'ephemeral', ttl},
	});
	const asked = readAnthropic(
		{
			model: 'm',
			system: [marked('1h')],
			messages: [
				{role: 'user', content: [marked()]},
				{role: 'assistant', content: 'y'.repeat(720)},
			],
		},
		{length: 3600, session: 's'},
	);

	expect(asked).toMatchObject({
		prompt: {
			tokens: 1000,
			tailTokens: 203,
			stableTtl: '1h',
			messagesTtl: '5m',
			messages: 2,
			conversation: 'm s',
		},
	});
});
