const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const colon = 0x3a;

/**
Finds where the blocks of an event stream end, in its bytes and in any chunks. A block is an event
with its blank line. A comment line before an event is a block of its own, so that a keep-alive never
waits for the event behind it. Lines end as the HTML standard says: LF, CR or CRLF; the LF that may
follow a block's last CR is a block of one byte, because nobody can tell whether it will come.

The answer takes a chunk and where to go on in it, and gives the offset behind the next block's end,
or -1 when the chunk is used up.
*/
export function createBlockEnds(): (chunk: Uint8Array, from: number) => number {
	let lineBytes = 0;
	let lines = 0;
	let isComment = false;
	let afterReturn = false;

	return (chunk, from) => {
		for (let at = from; at < chunk.length; at++) {
			const byte = chunk[at];
			const completesCrLf = afterReturn && byte === lineFeed;
			afterReturn = byte === carriageReturn;
			if (completesCrLf) {
				if (lines === 0) {
					return at + 1;
				}
			} else if (byte === lineFeed || byte === carriageReturn) {
				const isEnd = lineBytes === 0 || (lines === 0 && isComment);
				lines = isEnd ? 0 : lines + 1;
				lineBytes = 0;
				if (isEnd) {
					return at + 1;
				}
			} else {
				isComment = lineBytes === 0 ? byte === colon : isComment;
				lineBytes++;
			}
		}

		return -1;
	};
}
