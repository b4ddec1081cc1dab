import type {Buffer} from 'node:buffer';
import type {HeaderList} from '../wire/header-list.js';

export type AskRequest = Readonly<{
	method: 'GET' | 'POST';
	url: URL;
	headers: HeaderList;
	body?: string;
	/**
	How long the headers of the answer may take, in milliseconds; without it, what the one who asks finds right.
	*/
	patienceMs?: number;
	signal?: AbortSignal;
}>;

/**
An answer, its times in milliseconds since the request began.
*/
export type Answered = Readonly<{
	kind: 'answered';
	status: number;
	headers: HeaderList;
	/**
	As it came, up to a bound.
	*/
	body: Buffer;
	/**
	False where the connection broke before the end, or the body went over the bound.
	*/
	isWhole: boolean;
	headersMs: number;
	/**
	Of the body; undefined where it is empty.
	*/
	firstByteMs: number | undefined;
	endMs: number;
	/**
	The pieces of the body in order, as they arrived.
	*/
	chunks: ReadonlyArray<Readonly<{atMs: number; bytes: number}>>;
}>;

/**
The code of an answer that began, went on and came to no end.
*/
export const endless = 'ENDLESS';

/**
No answer came, or none that ended.
*/
export type NotAnswered = Readonly<{
	kind: 'failed';
	/**
	Of the system or the HTTP client: `ENOTFOUND`, `ECONNREFUSED`; `ETIMEDOUT` where patience ended.
	*/
	code: string;
	tookMs: number;
}>;

export type Asked = Answered | NotAnswered;

/**
The one way to reach an endpoint. Follows no redirect. Never rejects for the network.
*/
export type Ask = (request: AskRequest) => Promise<Asked>;
