import {Buffer} from 'node:buffer';
import {describe, expect, test} from 'vitest';
import {
	elementsOf,
	isEmptyList,
	someElement,
} from '../../source/wire/json-list.js';

function valuesIn(text: string): readonly string[] {
	// A list stands somewhere in a body.
	const body = Buffer.from(`[1,${text},2]`);
	const list = {start: 3, end: body.length - 3};
	return Array.from(elementsOf(body, list), ({start, end}) =>
		body.toString('utf8', start, end),
	);
}

describe('the values of a list', () => {
	test.each<[string, string, readonly string[]]>([
		[
			'of any type',
			'[1,"a]",{"b":[2]},[],null]',
			['1', '"a]"', '{"b":[2]}', '[]', 'null'],
		],
		['with white space', '[ 1\t,\r\n"é" ]', ['1', '"é"']],
		['of an empty list', '[ \n]', []],
		['of what is no list', '{"a":1}', []],
		['up to a missing comma', '[1 2]', ['1']],
		['up to a comma too many', '[1,,2]', ['1']],
		['up to what is no value', '[1,nope]', ['1']],
	])('%s', (_, text, values) => {
		expect(valuesIn(text)).toEqual(values);
	});

	test('are looked at no further than to the one that is looked for', () => {
		const body = Buffer.from('[1,2,3]');
		const seen: number[] = [];
		const isFound = someElement(body, {start: 0, end: 7}, ({start}) => {
			seen.push(start);
			return start === 3;
		});
		expect([isFound, seen]).toEqual([true, [1, 3]]);
	});
});

test.each([
	['[]', true],
	['[ \r\n\t]', true],
	['[0]', false],
	['[[]]', false],
])('whether %j is empty', (text, isEmpty) => {
	const body = Buffer.from(text);
	expect(isEmptyList(body, {start: 0, end: body.length})).toBe(isEmpty);
});
