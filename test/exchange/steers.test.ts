import {expect, test} from 'vitest';
import {steers} from '../../source/exchange/steers.js';

const usual = ['*sonnet*', '*opus*', '*fable*'];

test.each<readonly [readonly string[], string, boolean]>([
	[usual, 'claude-sonnet-4-6', true],
	[usual, 'us.anthropic.claude-opus-4-6-v1:0', true],
	[usual, 'Claude-Opus-4-6', true],
	[usual, 'claude-opus-4-6[1m]', true],
	[usual, 'fable', true],
	[usual, 'claude-haiku-4-5', false],
	[usual, '', false],
	[[], 'claude-sonnet-4-6', false],
	[['*'], '', true],
	[['*'], 'anything/at:all', true],
	[['claude-opus-4-6'], 'claude-opus-4-6', true],
	[['claude-opus-4-6'], 'claude-opus-4-6[1m]', true],
	[['claude-opus-4-6[1m]'], 'claude-opus-4-6', true],
	[['claude-opus-4-6'], 'claude-opus-4-6-fast', false],
	[['claude-opus-4-6'], 'my-claude-opus-4-6', false],
	[['CLAUDE-*'], 'claude-x', true],
	[['claude-*'], 'anthropic/claude-x', false],
	[['*-fast'], 'claude-fast', true],
	[['*-fast'], 'claude-fast-2', false],
	[['claude-*-fast'], 'claude-opus-fast', true],
	[['claude-*-fast'], 'claude-fast', false],
	[['a*a'], 'a', false],
	[['a*a'], 'aa', true],
	[['*ab*ab*'], 'ab', false],
	[['*ab*ab*'], 'xabab', true],
	[['a*b*c'], 'a-c-b', false],
	[['a*b*c'], 'abbcc', true],
	[['**'], 'x', true],
	// A dot is a dot, and so is all else that means something in an expression.
	[['gpt-5.5'], 'gpt-5x5', false],
	[['(gpt)+'], 'gpt', false],
	[['gpt-[45]'], 'gpt-4', false],
	[['a[*'], 'a[[b', true],
])('%j steers %s: %s', (patterns, model, expected) => {
	expect(steers(patterns, model)).toBe(expected);
});
