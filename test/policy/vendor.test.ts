import {expect, test} from 'vitest';
import {mayFallBack, vendorOf} from '../../source/policy/vendor.js';

test.each([
	['claude-opus-4-6', 'anthropic'],
	['anthropic/claude-sonnet-4-6', 'anthropic'],
	['us.anthropic.claude-sonnet-4-5-20250929-v1:0', 'anthropic'],
	['vertex_ai/claude-opus-4-5@20251101', 'anthropic'],
	['openai/claude-sonnet-4-6', 'anthropic'],
	['Claude-Haiku-4-5[1m]', 'anthropic'],
	['anthropic/next', 'anthropic'],
	['gpt-5.5-codex', 'openai'],
	['azure/gpt4o', 'openai'],
	['o1', 'openai'],
	['o3-mini', 'openai'],
	['openai/o4-mini-high', 'openai'],
	['chatgpt-4o-latest', 'openai'],
	['openai.gpt-oss-120b-1:0', 'openai'],
	['google/gemini-3-pro', 'google'],
	['models/gemini-flash-latest', 'google'],
	['z-ai/glm-4.6', 'zhipu'],
	['chatglm3', 'zhipu'],
	['deepseek-chat', 'deepseek'],
	['deepseek/deepseek-r1-distill-qwen-32b', 'deepseek'],
	['qwen3-coder-plus', 'qwen'],
	['qwen/qwq-32b', 'qwen'],
	['moonshotai/kimi-k2', 'moonshot'],
	['moonshot-v1-8k', 'moonshot'],
	['x-ai/grok-4-fast', 'xai'],
	['groq/llama-3.3-70b', 'meta'],
	['codellama:34b', 'meta'],
	['us.meta.llama4-maverick', 'meta'],
	['mistral-large', 'mistral'],
	['codestral-latest', 'mistral'],
	['mistralai/devstral-small', 'mistral'],
	['MiniMax-M2', 'minimax'],
	['house-large', 'house'],
	['gateway/house_small', 'house'],
	['o10n-model', 'o10n'],
	['', ''],
	['/', ''],
])('%s is of %s', (model, vendor) => {
	expect(vendorOf(model)).toBe(vendor);
});

const claude = 'claude-opus-4-6';
test.each([
	[
		'without signed thinking anything goes',
		claude,
		'gpt-5.5',
		false,
		false,
		true,
	],
	[
		'signed thinking stays with its vendor',
		claude,
		'gpt-5.5',
		true,
		false,
		false,
	],
	[
		'whose models go by many names',
		claude,
		'us.anthropic.claude-sonnet-4-6-v1:0',
		true,
		false,
		true,
	],
	['unless the alias allows it', claude, 'gpt-5.5', true, true, true],
	[
		'houses nobody knows are told apart',
		'ours-1',
		'theirs-1',
		true,
		false,
		false,
	],
	['and known again', 'ours-1', 'gateway/ours-2', true, false, true],
] as const)('%s', (...[, from, to, hasSignedThinking, allowSigned, may]) => {
	expect(mayFallBack({from, to, hasSignedThinking, allowSigned})).toBe(may);
});
