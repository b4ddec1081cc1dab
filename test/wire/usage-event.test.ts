import {Buffer} from 'node:buffer';
import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {createUsageEventCutter} from '../../source/wire/usage-event.js';

/**
What a client gets of a stream that comes in these chunks.
*/
function cut(chunks: readonly Uint8Array[]): string {
	const cutter = createUsageEventCutter();
	const forwarded = chunks.flatMap((chunk) => cutter.push(chunk).forward);
	return Buffer.concat([...forwarded, ...cutter.end()]).toString();
}

function fixture(name: string): string {
	const file = new URL(`../fixtures/${name}.sse`, import.meta.url);
	return readFileSync(file, 'utf8');
}

function cutWhole(text: string): string {
	return cut([Buffer.from(text)]);
}

const token = 'data: {"choices":[{"delta":{"content":"[] é😀"}}],"usage":null}';
const azure = 'data: {"choices":[],"prompt_filter_results":[{}],"usage":null}';
const usage =
	'data: {"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":5}}';
const done = 'data: [DONE]';

/**
Lines, and events parted by blank lines, with the line ends that this stream uses.
*/
function stream(events: readonly string[], lineEnd: string): string {
	return events
		.map((event) => `${event}\n\n`)
		.join('')
		.replaceAll('\n', () => lineEnd);
}

const lineEnds = [
	['LF', '\n'],
	['CRLF', '\r\n'],
	['CR', '\r'],
] as const;

describe.each(lineEnds)('with lines that end in %s', (_, lineEnd) => {
	const input = stream([': hello', token, azure, usage, done], lineEnd);
	const output = stream([': hello', token, azure, done], lineEnd);
	const bytes = Buffer.from(input);

	test('the usage event is taken out, wherever the chunks are cut', () => {
		expect(cut([bytes])).toBe(output);
		expect(cut(Array.from(bytes, (byte) => Uint8Array.of(byte)))).toBe(output);
		for (let at = 0; at <= bytes.length; at++) {
			expect(cut([bytes.subarray(0, at), bytes.subarray(at)])).toBe(output);
		}
	});

	test('any chunks give the same bytes', () => {
		fc.assert(
			fc.property(fc.array(fc.nat({max: bytes.length})), (cuts) => {
				const ends = [...cuts.toSorted((a, b) => a - b), bytes.length];
				const chunks = ends.map((end, index) =>
					bytes.subarray(index === 0 ? 0 : ends[index - 1], end),
				);
				expect(cut(chunks)).toBe(output);
			}),
		);
	});

	test('a stream that ends anywhere loses nothing but that event', () => {
		const from = bytes.indexOf(usage);
		const whole = from + usage.length;
		const behind = whole + 2 * lineEnd.length;
		for (let end = 0; end <= bytes.length; end++) {
			const kept =
				end < whole
					? bytes.subarray(0, end)
					: Buffer.concat([
							bytes.subarray(0, from),
							bytes.subarray(behind, Math.max(behind, end)),
						]);
			expect(cut([bytes.subarray(0, end)])).toBe(kept.toString());
		}
	});
});

describe('what is taken out', () => {
	test.each([
		[
			'with other fields',
			'event: x\nid: 7\ndata: {"id":"a","choices":[ ],"usage":{}}',
		],
		[
			'on several lines',
			'data: {"choices": [\ndata: ],\ndata:"usage":{"prompt_tokens":1}}',
		],
		['with a comment in it', 'data: {"choices":[],"usage":{}}\n: comment'],
		[
			'at the very start, behind a byte order mark',
			'\u{FEFF}data: {"choices":[],"usage":{}}',
		],
	])('an event %s', (_, event) => {
		expect(cutWhole(`${event}\n\n${done}\n\n`)).toBe(`${done}\n\n`);
	});

	test('each such event, where an endpoint sends several', () => {
		expect(cutWhole(stream([usage, token, usage, usage, done], '\n'))).toBe(
			stream([token, done], '\n'),
		);
	});

	test.each(['o01-usage-chunk', 'o07-no-done'])('that of %s', (name) => {
		const events = fixture(name).split(/(?<=\n\n)/);
		const kept = events.filter((event) => !event.includes('"choices":[]'));
		expect(events.length - kept.length).toBe(1);
		expect(cutWhole(events.join(''))).toBe(kept.join(''));
	});

	test('not the comment before it', () => {
		expect(cutWhole(`: comment\n${usage}\n\n${done}\n\n`)).toBe(
			`: comment\n${done}\n\n`,
		);
	});

	test('the event at the end of a stream that lacks its blank line', () => {
		expect(cutWhole(`${token}\n\n${usage}\n`)).toBe(`${token}\n\n`);
		expect(cutWhole(`${token}\n\n${usage}`)).toBe(`${token}\n\n`);
	});
});

describe('what stays', () => {
	test.each([
		['nothing at all', ''],
		[
			'usage beside a choice',
			'data: {"choices":[{"index":0}],"usage":{"prompt_tokens":1}}\n\n',
		],
		['usage that is null', `${azure}\n\n`],
		['usage that is a list', 'data: {"choices":[],"usage":[]}\n\n'],
		[
			'usage inside of something else',
			'data: {"choices":[],"x":{"usage":{}}}\n\n',
		],
		['usage without choices', 'data: {"usage":{"x":[]}}\n\n'],
		[
			'usage told in a text',
			String.raw`data: {"choices":[{"delta":{"content":"{\"choices\":[],\"usage\":{}}"}}]}` +
				'\n\n',
		],
		['broken JSON', 'data: {"choices":[],"usage":{}\n\n'],
		['other fields than data', 'datum: {"choices":[],"usage":{}}\n\n'],
		[
			'comments and blank lines',
			'\n\n\r\r\n: {"choices":[],"usage":{}}\n\r\n\n:\n\n',
		],
		['an HTML page', '<html>\n<body>[]</body>\n\n</html>'],
		['JSON', '{"choices":[],"usage":{}}'],
	])('%s', (_, text) => {
		expect(cutWhole(text)).toBe(text);
		expect(
			cut(Array.from(Buffer.from(text), (byte) => Uint8Array.of(byte))),
		).toBe(text);
	});

	test.each([
		'o02-no-usage',
		'o09-groq-xgroq',
		'o11-openrouter-cost',
		'o13-truncated',
	])('%s, which has no event of usage alone', (name) => {
		expect(cutWhole(fixture(name))).toBe(fixture(name));
	});
});

describe('holding', () => {
	test('a whole event goes on at once, a begun one when it is whole', () => {
		const cutter = createUsageEventCutter();
		const push = (text: string) =>
			Buffer.concat([...cutter.push(Buffer.from(text)).forward]).toString();
		expect(push(`${token}\n\ndata: {"cho`)).toBe(`${token}\n\n`);
		expect(push('ices":[1]}\n')).toBe('');
		expect(push('\n')).toBe('data: {"choices":[1]}\n\n');
	});

	test('a comment never waits', () => {
		const cutter = createUsageEventCutter();
		const [piece] = cutter.push(Buffer.from(': keep-alive\n')).forward;
		expect(Buffer.from(piece!).toString()).toBe(': keep-alive\n');
	});

	test('a chunk of whole events goes on as the one piece it was', () => {
		const chunk = Buffer.from(stream([token, token, done], '\n'));
		const {forward} = createUsageEventCutter().push(chunk);
		expect(forward).toHaveLength(1);
		expect(forward[0]!.buffer).toBe(chunk.buffer);
	});

	test('an event too long to hold goes on unread, and the one behind it is read', () => {
		const cutter = createUsageEventCutter();
		const long = `data: {"choices":[],"usage":{"x":"${'a'.repeat(1024 * 1024)}`;
		const sent = (text: string) =>
			cutter
				.push(Buffer.from(text))
				.forward.reduce((sum, {length}) => sum + length, 0);
		expect(sent(long.slice(0, 1000))).toBe(0);
		expect(sent(long.slice(1000))).toBe(long.length);
		expect(sent('more')).toBe(4);
		expect(sent('"}}\r')).toBe(4);
		expect(sent('\n\r')).toBe(2);
		expect(sent(`\n${usage}\r\n\r`)).toBe(1);
		expect(sent(`\n${token}\n\n`)).toBe(Buffer.byteLength(token) + 2);
	});
});
