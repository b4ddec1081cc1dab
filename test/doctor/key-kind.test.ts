import {expect, test} from 'vitest';
import {keyKind, wrappedKey} from '../../source/doctor/key-kind.js';

test.each([
	['sk-ant-api03-abc', /Anthropic's own API \(sk-ant-…\)/],
	['sk-ant-oat01-abc', /Claude subscription \(sk-ant-oat…\)/],
	['sk-proj-abc', /OpenAI's own API \(sk-proj-…\)/],
	['sk-or-v1-abc', /OpenRouter key \(sk-or-…\)/],
	['sk-abc', /OpenAI and many gateways/],
	['tollgate_ci_abc', /local key of Tollgate/],
	['AIzaabc', /Google/],
	['gsk_abc', /Groq/],
	['xai-abc', /xAI/],
	['eyJhbGciOi', /expires/],
])(
	'%s is told by how it begins, and nothing more of it is said',
	(key, called) => {
		const kind = keyKind(key);
		expect(kind?.called).toMatch(called);
		expect(kind?.called).not.toContain(key);
	},
);

test('a key that begins like none of them is not guessed at', () => {
	expect(keyKind('5f2e9c11')).toBeUndefined();
});

test.each([
	['"sk-abc"', 'has quotes around it'],
	['“sk-abc”', 'has quotes around it'],
	['Bearer sk-abc', 'begins with "Bearer"'],
	['API_KEY=sk-abc', 'begins with the name of a variable and "="'],
	[' sk-abc', 'has blanks in it'],
	['sk-abc', undefined],
])('what came along with %j is named', (key, wrong) => {
	expect(wrappedKey(key)?.wrong).toBe(wrong);
});
