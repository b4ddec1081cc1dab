import type {WireFormatName} from '../exchange/usage.js';
import type {Answer} from './answer.js';
import type {Asked, Envelope} from './asked.js';
import type {TokenCount} from './count.js';
import type {PromptUsage} from './prompt-cache.js';

/**
An answer ready to be said.
*/
export type Served = Readonly<{
	asked: Asked;
	answer: Answer;
	prompt: PromptUsage;
	/**
	The part of the answer's id behind its prefix.
	*/
	id: string;
}>;

/**
Some bytes of a stream that belong together.
*/
export type Piece = Readonly<{
	text: string;
	/**
	Output tokens it carries: they take their time.
	*/
	tokens: number;
	/**
	What the answer has said that it used, once this has arrived.
	*/
	told?: TokenCount;
}>;

export type ApiFamily = 'anthropic' | 'openai';

/**
How one wire format reads a request and says an answer.
*/
export type Speech = Readonly<{
	name: WireFormatName;
	family: ApiFamily;
	/**
	What the request wants, or a sentence on what is wrong with it.
	*/
	read(body: unknown, envelope: Envelope): Asked | string;
	stream(served: Served): readonly Piece[];
	whole(served: Served): unknown;
	/**
	Ends a stream with an error, after so many pieces of it were said.
	*/
	failure(served: Served, said: number): Piece;
}>;

/**
Answers are dated to this second (Unix time), so that the same request gets the same bytes.
*/
export const answeredAt = 1_790_000_000;

export function tokensOf({answer, prompt}: Served): TokenCount {
	return {...prompt, output: answer.output};
}

/**
One named event. `type` is its name.
*/
export function event(
	data: Readonly<{type: string}> & Readonly<Record<string, unknown>>,
	facts?: Omit<Piece, 'text'>,
): Piece {
	return {
		text: `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`,
		tokens: 0,
		...facts,
	};
}
