import {Buffer} from 'node:buffer';
import {expect, test} from 'vitest';
import {SseReader} from '../../source/wire/sse.js';
import type {SseEvent} from '../../source/wire/wire-format.js';
import {byteByByte} from './measured.js';

function eventsIn(pieces: Iterable<Uint8Array>): readonly string[] {
	const events: SseEvent[] = [];
	const reader = new SseReader((event) => {
		events.push(event);
	});
	for (const piece of pieces) {
		reader.feed(piece);
	}

	reader.end();
	return events.map(({event = '', data}) => `${event}|${data}`);
}

test.each([
	['LF', 'event: a\ndata: 1\n\n', ['a|1']],
	['CRLF', 'event: a\r\ndata: 1\r\n\r\n', ['a|1']],
	['CR', 'event: a\rdata: 1\r\rdata: 2\r\r', ['a|1', '|2']],
	['a byte order mark', '\u{FEFF}data: 1\n\n', ['|1']],
	[
		'several data lines',
		'data: {\ndata:  "a":1\ndata: }\n\n',
		['|{\n "a":1\n}'],
	],
	['no space after the colon', 'event:a\ndata:1\n\n', ['a|1']],
	['comments', ': hello\n\n:\ndata: 1\n: x\n\n', ['|1']],
	['an event without data', 'event: a\n\ndata: 1\n\n', ['|1']],
	['empty data', 'data:\n\n', ['|']],
	['unknown fields', 'id: 4\nretry: x\nfoo: bar\ndata: 1\n\n', ['|1']],
	['an event that is never closed', 'data: 1\n\ndata: 2\n', ['|1']],
	['the same with a lone CR', 'data: 1\n\ndata: 2\r', ['|1']],
	['split characters', 'data: é日👩\u{2028}x\n\n', ['|é日👩\u{2028}x']],
])('%s', (_, text, expected) => {
	const bytes = Buffer.from(text);
	expect(eventsIn([bytes])).toEqual(expected);
	expect(eventsIn(byteByByte(bytes))).toEqual(expected);
	for (let at = 1; at < bytes.length; at++) {
		expect(eventsIn([bytes.subarray(0, at), bytes.subarray(at)])).toEqual(
			expected,
		);
	}
});

test('an event without end is given up, and what follows is not read', () => {
	let count = 0;
	const reader = new SseReader(() => {
		count++;
	});
	reader.feed(Buffer.from('data: 1\n\ndata: '));
	for (let fed = 0; fed < 9; fed++) {
		reader.feed(Buffer.alloc(1024 * 1024, 'x'));
	}

	reader.feed(Buffer.from('\n\ndata: 2\n\n'));
	reader.end();
	expect(reader.overflowed).toBe(true);
	expect(count).toBe(1);
});
