import {setTimeout as sleep} from 'node:timers/promises';
import type {TokenCount} from './count.js';
import type {Outlet} from './outlet.js';
import type {Piece} from './speech.js';

/**
How fast an answer comes; zeros for at once.
*/
export type Tempo = Readonly<{firstTokenMs: number; msPerToken: number}>;
export type Stage = Readonly<{
	outlet: Outlet;
	tempo: Tempo;
	signal: AbortSignal;
	/**
	Hears what the bytes said about usage, as they are written.
	*/
	onTold: (told: TokenCount) => void;
}>;

/**
Characters: what comes at once comes in chunks like this, so that a slow client holds it up.
*/
const largeChunk = 65_536;

/**
Writes the pieces, each when its time has come. What is due together goes out together: without a
tempo that is everything at once, and after a slow client has caught up, all that it missed.
*/
export async function play(
	pieces: readonly Piece[],
	{outlet, tempo, signal, onTold}: Stage,
): Promise<void> {
	/* eslint-disable no-await-in-loop -- One after the other is the point. */
	let due = performance.now() + tempo.firstTokenMs;
	for (let at = 0; at < pieces.length;) {
		await pause(due - performance.now(), signal);
		const now = performance.now() + 1;
		let chunk = '';
		do {
			const piece = pieces[at]!;
			chunk += piece.text;
			due += piece.tokens * tempo.msPerToken;
			at += 1;
			if (piece.told) {
				onTold(piece.told);
			}
		} while (at < pieces.length && due <= now && chunk.length < largeChunk);

		if (chunk !== '') {
			await outlet.write(chunk);
		}
	}
	/* eslint-enable no-await-in-loop */
}

/**
Waits so many milliseconds; `undefined`: until the client leaves, which ends every wait.
*/
export async function pause(
	ms: number | undefined,
	signal: AbortSignal,
): Promise<void> {
	signal.throwIfAborted();
	if (ms === undefined || ms >= 1) {
		// The longest wait that a timer knows: 24 days.
		await sleep(ms ?? 2_147_483_647, undefined, {signal});
	}
}
