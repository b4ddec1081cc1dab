import {PassThrough} from 'node:stream';
import type {ReadStream} from 'node:tty';
import {looksLikeKey} from './looks-like-key.js';

/**
The keys of a terminal, for one question. What is pasted at once and looks like a key goes no further: so it never
stands on the screen. It ends the question instead.
*/
export type GuardedInput = Disposable & Readonly<{stream: PassThrough}>;

/**
Ctrl-c.
*/
const cancel = '\u{3}';

/**
Reads a terminal until it is disposed of. `onKey` is called for what was held back.
*/
export function guardedInput(
	terminal: ReadStream,
	onKey: () => void,
): GuardedInput {
	const stream = Object.assign(new PassThrough(), {
		isTTY: true,
		setRawMode(isRaw: boolean) {
			terminal.setRawMode(isRaw);
			return stream;
		},
	});
	const take = (bytes: Uint8Array) => {
		if (looksLikeKey(new TextDecoder().decode(bytes))) {
			onKey();
			stream.write(cancel);
		} else {
			stream.write(bytes);
		}
	};

	terminal.on('data', take);
	// The question before has paused it.
	terminal.resume();
	return {
		stream,
		[Symbol.dispose]() {
			terminal.off('data', take);
			// Else the terminal would keep the program.
			terminal.pause();
			stream.destroy();
		},
	};
}
