import {Buffer} from 'node:buffer';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {scanTopLevel, type Scan} from '../../source/wire/json-scan.js';
import {bytesAt, jsonTexts, textOf} from './json-texts.js';

const keys = ['model', 'stream', 'stream_options'];

function scanOf(text: string): Scan | undefined {
	return scanTopLevel(Buffer.from(text), keys);
}

function valuesIn(text: string): readonly string[] | undefined {
	const body = Buffer.from(text);
	return scanTopLevel(body, keys)?.values.map(
		({key, start, end}) => `${key} ${body.toString('utf8', start, end)}`,
	);
}

describe('finding top-level values', () => {
	test.each<[string, string, readonly string[]]>([
		['first', '{"model":"a","x":1}', ['model "a"']],
		['last', '{"x":{"model":"no"},"model":"a"}', ['model "a"']],
		['twice', '{"model":"a","model":"b"}', ['model "a"', 'model "b"']],
		[
			'any type',
			'{"model":null,"stream":-1.5e+3}',
			['model null', 'stream -1.5e+3'],
		],
		[
			'objects and lists',
			'{"model":{"a":[1,"]"]},"stream":[{}]}',
			['model {"a":[1,"]"]}', 'stream [{}]'],
		],
		[
			'odd spacing',
			' \r\n{\t"model" :\n"a" , "stream":true }\n',
			['model "a"', 'stream true'],
		],
		[
			'an escaped key',
			String.raw`{"\u006dodel":"a","m\u006Fdel":"b"}`,
			['model "a"', 'model "b"'],
		],
		['no such key', '{"Model":"a","models":"b","mode":"c"}', []],
		['in a string', String.raw`{"x":"\",\"model\":\"no\"","y":"\\"}`, []],
		['in a list', '{"x":[{"model":"no"},"model"]}', []],
		['an empty object', '{ }', []],
	])('%s', (_, text, found) => {
		expect(valuesIn(text)).toEqual(found);
	});

	test('says where the object opens and whether it is empty', () => {
		expect(scanOf(' { } ')).toEqual({open: 2, empty: true, values: []});
		expect(scanOf('{"a":1}')).toEqual({open: 1, empty: false, values: []});
	});

	test('a key behind two megabytes of messages is found', () => {
		const content = 'He said "no" \\ \n'.repeat(700);
		const messages = Array.from({length: 200}, () => ({role: 'user', content}));
		expect(valuesIn(JSON.stringify({messages, model: 'a'}))).toEqual([
			'model "a"',
		]);
	});

	test('a string ends at its own quote, however long and wherever it stands', () => {
		const ends = [
			'',
			'\\\\',
			String.raw`\"`,
			String.raw`\\\"`,
			String.raw`\"\\`,
			String.raw`\\\\\"x`,
		];
		for (const shift of [0, 1, 2, 3]) {
			for (let length = 0; length < 420; length++) {
				for (const end of ends) {
					const text = `{"x":"${'é'.repeat(length % 7)}${'a'.repeat(length)}${end}","model":1}`;
					const found = scanTopLevel(bytesAt(text, shift), keys)?.values;
					expect(found).toHaveLength(1);
				}
			}
		}
	});

	test('brackets may nest to any depth', () => {
		const depth = 100_000;
		const nested = '['.repeat(depth) + ']'.repeat(depth);
		expect(valuesIn(`{"x":${nested},"model":1}`)).toEqual(['model 1']);
		expect(scanOf(`{"x":${nested}]}`)).toBeUndefined();
	});
});

describe('what is not one whole JSON object is left alone', () => {
	test.each([
		['nothing', ''],
		['white space', ' \n'],
		['a byte order mark', '\u{FEFF}{"model":"a"}'],
		['a list', '[{"model":"a"}]'],
		['a string', '"model"'],
		['a number', '12'],
		['null', 'null'],
		['words', 'model=a&stream=true'],
		['a missing colon', '{"model" "a"}'],
		['a missing comma', '{"model":"a" "stream":true}'],
		['a comma too many', '{"model":"a",}'],
		['a comma at the start', '{,"model":"a"}'],
		['a missing value', '{"model":}'],
		['a key without quotes', '{model:"a"}'],
		['a key in single quotes', "{'model':'a'}"],
		['an unknown word', '{"model":tru}'],
		['a number that is none', '{"model":01}'],
		['two objects', '{"model":"a"}{"model":"b"}'],
		['something behind it', '{"model":"a"}]'],
		['a zero byte behind it', '{"model":"a"}\0'],
		['a zero byte in it', '{"model":1\0}'],
		['crossed brackets', '{"x":[{"y":1]},"model":"a"}'],
		['a comment', '{"model":"a"/* b */}'],
	])('%s', (_, text) => {
		expect(scanOf(text)).toBeUndefined();
	});

	test.each([
		[
			'in a nested value, all but strings and brackets',
			'{"x":[1 2,,tru:],"model":"a"}',
		],
		['between the quotes of a string', '{"x":"\n\\q","model":"a"}'],
	])('not looked at: %s', (_, text) => {
		expect(() => {
			JSON.parse(text);
		}).toThrow();
		expect(valuesIn(text)).toEqual(['model "a"']);
	});
});

describe('any object', () => {
	test('has its values found by the bytes they take', () => {
		fc.assert(
			fc.property(jsonTexts, fc.nat({max: 3}), (json, shift) => {
				const body = bytesAt(textOf(json), shift);
				const found = scanTopLevel(body, keys)?.values.map(
					({key, start, end}) => ({
						key,
						before: body.toString('utf8', 0, start),
						value: body.toString('utf8', start, end),
					}),
				);
				let before = json.head;
				const expected = json.members.map((member) => {
					before += member.before;
					const value = {key: member.key, before, value: member.value};
					before += member.value;
					return value;
				});
				expect(found).toEqual(expected.filter(({key}) => keys.includes(key)));
			}),
			{numRuns: 500},
		);
	});

	test('is not read when it was cut short at any byte', () => {
		fc.assert(
			fc.property(jsonTexts, (json) => {
				const body = Buffer.from(textOf(json));
				for (let end = 0; end < body.length; end++) {
					expect(scanTopLevel(body.subarray(0, end), keys)).toBeUndefined();
				}
			}),
		);
	});

	test('that JSON.parse accepts is accepted, whatever was done to its bytes', () => {
		const bytes = fc.constantFrom(
			...Buffer.from('{}[]",:\\ \n\0atn01.e-\u{EF}'),
		);
		const harm = fc.record({
			at: fc.nat(),
			removed: fc.nat({max: 2}),
			put: fc.array(bytes, {maxLength: 2}),
		});
		let accepted = 0;
		fc.assert(
			fc.property(jsonTexts, fc.array(harm, {maxLength: 2}), (json, harms) => {
				const harmed = [...Buffer.from(textOf(json))];
				for (const {at, removed, put} of harms) {
					harmed.splice(at % harmed.length, removed, ...put);
				}

				const body = Buffer.from(harmed);
				const scan = scanTopLevel(body, keys);
				if (!isJsonObject(body.toString())) {
					return;
				}

				accepted++;
				expect(scan).toBeDefined();
			}),
			{numRuns: 2000},
		);
		expect(accepted).toBeGreaterThan(100);
	});
});

function isJsonObject(text: string): boolean {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' && value !== null && !Array.isArray(value);
	} catch {
		return false;
	}
}
