import {expect, test} from 'vitest';
import {mayFallBack} from '../../source/policy/vendor.js';

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
