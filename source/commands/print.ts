import {once} from 'node:events';
import process from 'node:process';

/**
So many characters go out at once.
*/
const pieceLength = 65_536;

/**
Prints a text in pieces, no faster than it is read. Ends early where nobody reads any more, as "head"
does.
*/
export async function print(pieces: Iterable<string>): Promise<void> {
	const {stdout} = process;
	let isLong = false;
	for (const piece of joined(pieces)) {
		const hasRoom = stdout.write(piece);
		if (!isLong && piece.length >= pieceLength) {
			isLong = true;
			forgetSooner();
		}

		if (hasRoom) {
			continue;
		}

		const over = new AbortController();
		const {signal} = over;
		// eslint-disable-next-line no-await-in-loop -- One piece after the other.
		await Promise.race([
			once(stdout, 'drain', {signal}),
			once(stdout, 'close', {signal}),
		]).catch(() => undefined);
		// The one that did not happen must not wait on: there are many pieces.
		over.abort();
		if (!stdout.writable) {
			return;
		}
	}
}

/**
What is made and printed is garbage at once. V8 would first let much of it gather.
*/
function forgetSooner(): void {
	// Loaded by those who print much.
	const v8 = process.getBuiltinModule('node:v8');
	v8.setFlagsFromString('--semi-space-growth-factor=1');
}

function* joined(pieces: Iterable<string>): Generator<string> {
	let text = '';
	for (const piece of pieces) {
		text += piece;
		if (!(text.length >= pieceLength)) {
			continue;
		}

		yield text;
		text = '';
	}

	if (text !== '') {
		yield text;
	}
}
