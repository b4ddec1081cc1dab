import type {Prompt} from './prompt-cache.js';

/**
A tool of the client's own: the endpoint may call it.
*/
export type Tool = Readonly<{name: string; schema: unknown}>;

/**
What one request wants, whatever the wire format.
*/
export type Asked = Readonly<{
	model: string;
	stream: boolean;
	/**
	False where a stream ends without saying what was used.
	*/
	tellsUsage: boolean;
	/**
	Most output tokens.
	*/
	limit: number | undefined;
	thinks: boolean;
	tools: readonly Tool[];
	toolChoice: 'auto' | 'none' | 'must';
	/**
	The answer has to be JSON of this schema.
	*/
	schema: unknown;
	fast: boolean;
	prompt: Prompt;
}>;

/**
What a reader of a body gets beside it.
*/
export type Envelope = Readonly<{
	/**
	Length of the body in characters.
	*/
	length: number;
	/**
	Who is asking, where a header says so.
	*/
	session: string | undefined;
}>;
