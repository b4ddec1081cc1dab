import {expect, test} from 'vitest';
import {play} from '../../source/simulated/play.js';

async function nothing(): Promise<void> {
	// Plays no part here.
}

function stage(write: (text: string) => Promise<void>) {
	const left = new AbortController();
	return {
		left,
		outlet: {write, flush: nothing, end: nothing},
		tempo: {firstTokenMs: 0, msPerToken: 0},
		signal: left.signal,
		onTold: nothing,
	};
}

const pieces = (count: number, text: string) =>
	Array.from({length: count}, () => ({text, tokens: 1}));

test('a short answer without a tempo goes out at once', async () => {
	const written: string[] = [];
	await play(
		pieces(300, 'word '),
		stage(async (text) => {
			written.push(text);
		}),
	);

	expect(written).toEqual(['word '.repeat(300)]);
});

test('a piece is not written before its time', async () => {
	const written: string[] = [];
	const slow = stage(async (text) => {
		written.push(text);
		slow.left.abort();
	});
	const tempo = {firstTokenMs: 2, msPerToken: 1};
	const longThought = [
		{text: 'a', tokens: 600_000},
		{text: 'b', tokens: 1},
	];

	await expect(play(longThought, {...slow, tempo})).rejects.toThrow();
	expect(written).toEqual(['a']);
});

test('nothing more is written while the client does not read', async () => {
	const {promise, resolve} = Promise.withResolvers<void>();
	const written: string[] = [];
	const playing = play(
		pieces(1000, 'x'.repeat(1000)),
		stage(async (text) => {
			written.push(text);
			await promise;
		}),
	);
	await new Promise((done) => {
		setImmediate(done);
	});

	expect(written).toHaveLength(1);
	expect(written[0]!.length).toBeLessThan(100_000);
	resolve();
	await playing;
	expect(written.join('')).toHaveLength(1_000_000);
});

test('it ends at once when the client leaves', async () => {
	const playing = stage(async () => {
		playing.left.abort();
	});

	await expect(
		play(pieces(1000, 'x'.repeat(1000)), playing),
	).rejects.toHaveProperty('name', 'AbortError');
});
