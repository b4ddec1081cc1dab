import {expect, test} from 'vitest';
import {cleanName, cleanText} from '../../source/exchange/clean.js';

test.each([
	['a\r\nb\tc', 'a b c'],
	['red \u{1B}[31mtext\u{7}', 'red [31mtext'],
	['c1 \u{9B}31m', 'c1 31m'],
	['a\u{202E}b\u{2066}c\u{200F}d', 'abcd'],
	['lone \u{D800} half', 'lone \u{FFFD} half'],
	['naïve 日本語 👩', 'naïve 日本語 👩'],
	['line\u{2028}separator', 'line separator'],
])('%j becomes %j', (text, expected) => {
	expect(cleanText(text)).toBe(expected);
	expect(cleanName(text)).toBe(expected);
});

test('200 characters are kept, and none in half', () => {
	expect(cleanText('x'.repeat(5000))).toBe('x'.repeat(200));
	expect(cleanText('👩'.repeat(300))).toBe('👩'.repeat(200));
});

test('every secret goes, the longest first', () => {
	expect(cleanText('abc-key and abc', ['abc', '', 'abc-key'])).toBe(
		'[removed] and [removed]',
	);
	expect(cleanName('m/abc-key', ['abc-key'])).toBe('m/[removed]');
});

test('a secret behind the cut does not show in part', () => {
	const text = `${'x'.repeat(190)}secret-of-mine`;
	expect(cleanText(text, ['secret-of-mine'])).not.toContain('secret');
});

test.each([
	['Incorrect API key provided: sk-proj-abc_DEF123.', 'sk-proj'],
	['masked sk-fx****0000.', 'sk-fx'],
	['sent Authorization: Bearer abc.def-123', 'abc.def'],
	['token eyJhbGciOiJI.eyJzdWIi.c2ln', 'eyJ'],
	['key AIzaSyA1234567890abcdefghijkl', 'AIza'],
])('%s loses its key', (text, key) => {
	expect(cleanText(text)).not.toContain(key);
	expect(cleanText(text)).toContain('[removed]');
});

test.each(['disk-image-large', 'vendor/sk-model-large', 'risk-averse-v2'])(
	'the name %s is no key',
	(name) => {
		expect(cleanName(name)).toBe(name);
	},
);
