import {Buffer} from 'node:buffer';
import {isDeepStrictEqual} from 'node:util';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {scanTopLevel} from '../../source/wire/json-scan.js';
import {
	modelEdits,
	splice,
	usageEdits,
	withIncludeUsage,
	withModel,
} from '../../source/wire/splice.js';
import {bytesAt, jsonTexts, textOf} from './json-texts.js';

const keys = ['model', 'stream', 'stream_options'];

describe('splicing bytes', () => {
	const body = Buffer.from('0123456789');
	const edit = (start: number, end: number, text: string) => ({
		start,
		end,
		bytes: Buffer.from(text),
	});

	test('no edits give the body itself', () => {
		expect(splice(body, [])).toBe(body);
	});

	test.each([
		['one', [edit(2, 4, 'xyz')], '01xyz456789'],
		['out of order', [edit(8, 9, 'B'), edit(0, 1, 'A')], 'A1234567B9'],
		['put in between', [edit(1, 1, '-'), edit(10, 10, '.')], '0-123456789.'],
		['side by side', [edit(2, 4, 'x'), edit(4, 6, '')], '01x6789'],
		['at one place', [edit(3, 3, 'a'), edit(3, 3, 'b')], '012ab3456789'],
		['before another', [edit(3, 5, 'x'), edit(3, 3, 'a')], '012ax56789'],
	])('%s', (_, edits, text) => {
		expect(splice(body, edits).toString()).toBe(text);
		expect(body.toString()).toBe('0123456789');
	});
});

function modelled(text: string, model: string): string {
	const body = Buffer.from(text);
	return withModel(body, scanTopLevel(body, keys)!, model).toString();
}

describe('the model', () => {
	test.each([
		[
			'in the middle',
			'{"a":1, "model" : "x" ,"b":2}',
			'{"a":1, "model" : "new" ,"b":2}',
		],
		['of another length', '{"model":"a-very-long-name"}', '{"model":"new"}'],
		['twice', '{"model":"x","model":"y"}', '{"model":"new","model":"new"}'],
		['no string', '{"model":null}', '{"model":null}'],
		['absent', '{"messages":[{"model":"x"}]}', '{"messages":[{"model":"x"}]}'],
	])('%s', (_, text, spliced) => {
		expect(modelled(text, 'new')).toBe(spliced);
	});

	test('a name that needs escapes is escaped', () => {
		expect(modelled('{"model":"x"}', 'a"b\\é\u{D800}')).toBe(
			String.raw`{"model":"a\"b\\é\ud800"}`,
		);
	});

	test('changes in any body, and nothing else does', () => {
		fc.assert(
			fc.property(
				jsonTexts,
				fc.string(),
				fc.nat({max: 3}),
				(json, model, shift) => {
					const body = bytesAt(textOf(json), shift);
					const spliced = withModel(body, scanTopLevel(body, keys)!, model);

					const members = json.members.map((member) =>
						member.key === 'model' && member.value.startsWith('"')
							? {...member, value: JSON.stringify(model)}
							: member,
					);
					expect(spliced.toString()).toBe(textOf({...json, members}));

					const meant = parsed(textOf(json));
					if (typeof meant['model'] === 'string') {
						meant['model'] = model;
					}

					expect(spelledOut(parsed(spliced.toString()))).toBe(
						spelledOut(meant),
					);
				},
			),
			{numRuns: 500},
		);
	});
});

function asking(text: string): string | undefined {
	const body = Buffer.from(text);
	return withIncludeUsage(body, scanTopLevel(body, keys)!)?.toString();
}

describe('asking for the usage of a stream', () => {
	test.each([
		['an empty object', '{}', '{"stream_options":{"include_usage":true}}'],
		[
			'no options',
			' { "a":1}',
			' {"stream_options":{"include_usage":true}, "a":1}',
		],
		[
			'empty options',
			'{"stream_options": { }}',
			'{"stream_options": {"include_usage":true }}',
		],
		[
			'other options',
			'{"stream_options":{"b":{"include_usage":true}}}',
			'{"stream_options":{"include_usage":true,"b":{"include_usage":true}}}',
		],
		[
			'false',
			'{"stream_options":{"include_usage":false}}',
			'{"stream_options":{"include_usage":true}}',
		],
		[
			'null',
			'{"stream_options":{"a":1,"include_usage" : null}}',
			'{"stream_options":{"a":1,"include_usage" : true}}',
		],
		[
			'options that are null',
			'{"stream_options":null,"a":1}',
			'{"stream_options":{"include_usage":true},"a":1}',
		],
		[
			'options twice',
			'{"stream_options":{"include_usage":true},"stream_options":{}}',
			'{"stream_options":{"include_usage":true},"stream_options":{"include_usage":true}}',
		],
		[
			'an escaped key',
			String.raw`{"stream_options":{"include\u005fusage":0}}`,
			String.raw`{"stream_options":{"include\u005fusage":true}}`,
		],
	])('%s', (_, text, spliced) => {
		expect(asking(text)).toBe(spliced);
	});

	test.each([
		['it is asked for', '{"stream_options":{"include_usage":true}}'],
		[
			'it is asked for last',
			'{"stream_options":null,"stream_options":{"include_usage":1,"include_usage":true}}',
		],
		['the options are none', '{"stream_options":"yes"}'],
		['the last options are none', '{"stream_options":{},"stream_options":[]}'],
		['the options are malformed', '{"stream_options":{"include_usage":}}'],
	])('nothing is done where %s', (_, text) => {
		expect(asking(text)).toBeUndefined();
	});

	test('changes that option in any body, and nothing else', () => {
		let changed = 0;
		fc.assert(
			fc.property(jsonTexts, (json) => {
				const text = textOf(json);
				const options = parsed(text)['stream_options'];
				const spliced = asking(text);
				if (spliced === undefined) {
					expect(isFinal(options)).toBe(true);
					return;
				}

				changed++;
				expect(isFinal(options)).toBe(false);
				const wanted = {...(options as object | null), include_usage: true};
				const meant = {...parsed(text), stream_options: wanted};
				expect(isDeepStrictEqual(parsed(spliced), meant)).toBe(true);
				expect(asking(spliced)).toBeUndefined();
			}),
			{numRuns: 1000},
		);
		expect(changed).toBeGreaterThan(100);
	});
});

test('a body may be given another model and asked for usage at once', () => {
	const body = Buffer.from('{"stream":true,"model":"x","stream_options":{}}');
	const scan = scanTopLevel(body, keys)!;
	const edits = [...usageEdits(body, scan)!, ...modelEdits(body, scan, 'new')];
	expect(splice(body, edits).toString()).toBe(
		'{"stream":true,"model":"new","stream_options":{"include_usage":true}}',
	);
});

/**
Options that ask already, or are not for us to change.
*/
function isFinal(options: unknown): boolean {
	return (
		options !== undefined &&
		options !== null &&
		(typeof options !== 'object' ||
			Array.isArray(options) ||
			('include_usage' in options && options.include_usage === true))
	);
}

function parsed(text: string): Record<string, unknown> {
	return JSON.parse(text) as Record<string, unknown>;
}

/**
Tells order and `__proto__` apart, which a comparison of objects may not.
*/
function spelledOut(value: unknown): string {
	return JSON.stringify(value);
}
