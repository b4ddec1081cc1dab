import {Buffer} from 'node:buffer';
import {isObject, parseJson} from './foreign-json.js';
import {createBlockEnds} from './sse-blocks.js';

/**
A longer event is not held: it goes on as it is, unread.
*/
const mostHeldBytes = 1024 * 1024;

export type UsageEventCutter = Readonly<{
	/**
	`forward` is what may go to the client now, in order, and may be nothing.
	*/
	push(chunk: Uint8Array): Readonly<{forward: readonly Uint8Array[]}>;
	/**
	The stream has ended: what was held of an event that never became whole.
	*/
	end(): readonly Uint8Array[];
}>;

/**
Takes out of an OpenAI chat stream the event that carries nothing but usage (`choices` empty, `usage`
an object), for a client that did not ask for it and may index `choices[0]`. All other bytes go on as
they came; those of an event are held until it is whole.
*/
export function createUsageEventCutter(): UsageEventCutter {
	const nextEnd = createBlockEnds();
	const isUnwanted = createJudge();
	let held: Uint8Array[] = [];
	let heldBytes = 0;
	let isTooLong = false;

	const withHeld = (piece: Uint8Array): Uint8Array => {
		const block = held.length === 0 ? piece : Buffer.concat([...held, piece]);
		held = [];
		heldBytes = 0;
		return block;
	};

	// What has no end yet, and may go on nevertheless.
	const hold = (piece: Uint8Array): Uint8Array => {
		isTooLong ||= heldBytes + piece.length > mostHeldBytes;
		if (isTooLong) {
			return withHeld(piece);
		}

		held.push(piece);
		heldBytes += piece.length;
		return nothing;
	};

	return {
		push(chunk) {
			const forward: Uint8Array[] = [];
			let start = 0;
			let settled = 0;
			for (let end = nextEnd(chunk, 0); end !== -1; end = nextEnd(chunk, end)) {
				const isSplit = held.length > 0;
				const block = withHeld(chunk.subarray(start, end));
				if (isUnwanted(block, !isTooLong)) {
					forward.push(chunk.subarray(settled, start));
					settled = end;
				} else if (isSplit) {
					forward.push(block);
					settled = end;
				}

				isTooLong = false;
				start = end;
			}

			if (start < chunk.length) {
				forward.push(
					chunk.subarray(settled, start),
					hold(chunk.subarray(start)),
				);
			} else {
				forward.push(chunk.subarray(settled));
			}

			return {forward: forward.filter((piece) => piece.length > 0)};
		},

		end() {
			// Clients that read line by line would take it without its blank line, too.
			const block = withHeld(nothing);
			return block.length === 0 || isUnwanted(block, true) ? [] : [block];
		},
	};
}

const nothing = new Uint8Array(0);
const byteOrderMark = Buffer.from('\u{FEFF}').toString('latin1');

/**
Says of block after block whether it is to be cut, where all of the block is there to be read. The LF
of a CRLF that fell into two chunks shares the fate of its CR.
*/
function createJudge(): (block: Uint8Array, isWhole: boolean) => boolean {
	let wasUnwanted = false;
	let endedInReturn = false;

	return (block, isWhole) => {
		const isRest = endedInReturn && block.length === 1 && block[0] === 0x0a;
		wasUnwanted = isRest ? wasUnwanted : isWhole && isUsageEvent(block);
		endedInReturn = block.at(-1) === 0x0d;
		return wasUnwanted;
	};
}

/**
Keys and structure are ASCII, so the text is read as Latin-1, which is cheap. What cannot be parsed,
like `[DONE]`, is not ours to judge.
*/
function isUsageEvent(block: Uint8Array): boolean {
	const text = Buffer.from(block.buffer, block.byteOffset, block.length);
	const data = dataOf(text.toString('latin1'));
	return /\[\s*\]/.test(data) && isUsageOnly(parseJson(data));
}

/**
The data of one event, a byte order mark before it overlooked (HTML standard, server-sent events).
*/
function dataOf(text: string): string {
	return text
		.replace(byteOrderMark, '')
		.split(/\r\n|\r|\n/)
		.filter((line) => line.startsWith('data:'))
		.map((line) => line.slice(line.startsWith('data: ') ? 6 : 5))
		.join('\n');
}

function isUsageOnly(chunk: unknown): boolean {
	return (
		isObject(chunk) &&
		Array.isArray(chunk['choices']) &&
		chunk['choices'].length === 0 &&
		isObject(chunk['usage'])
	);
}
