import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {withWaiting} from '../../source/commands/doctor/waiting.js';
import type {Ask, Asked} from '../../source/doctor/ask.js';

const asked: Asked = {kind: 'failed', code: 'ECONNRESET', tookMs: 1};

beforeEach(() => {
	vi.useFakeTimers();
});

afterEach(() => {
	vi.useRealTimers();
});

const slow = (ms: number): Ask =>
	vi.fn(
		async () =>
			new Promise<Asked>((resolve) => {
				setTimeout(() => {
					resolve(asked);
				}, ms);
			}),
	);

const request = {
	method: 'POST',
	url: new URL('https://gateway.example/v1/messages?key=secret'),
	headers: [],
} as const;

async function saidOver({
	ms,
	columns,
	times,
}: Readonly<{ms: number; columns: number; times: number}>): Promise<string> {
	let said = '';
	const ask = withWaiting(slow(ms), {
		columns,
		write(text: string | Uint8Array) {
			said += String(text);
			return true;
		},
	});
	const all = Promise.all(
		Array.from({length: times}, async () => ask(request)),
	);
	await vi.advanceTimersByTimeAsync(ms);
	expect(await all).toEqual(Array.from({length: times}, () => asked));
	return said;
}

test.each([
	['a quick answer needs no words', {ms: 900, columns: 80, times: 1}, ''],
	[
		'what takes longer is said, and taken away when it is there',
		{ms: 1500, columns: 80, times: 1},
		'  waiting for POST /v1/messages ...\r\u{1B}[K',
	],
	[
		'of several at once the first is said',
		{ms: 1500, columns: 80, times: 3},
		'  waiting for POST /v1/messages ...\r\u{1B}[K',
	],
	[
		'no line is wider than the pane',
		{ms: 1500, columns: 12, times: 1},
		'  waiting f\r\u{1B}[K',
	],
])('%s', async (_what, given, words) => {
	expect(await saidOver(given)).toBe(words);
});
