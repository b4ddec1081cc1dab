import {Buffer} from 'node:buffer';
import type {IncomingMessage, ServerResponse} from 'node:http';
import {
	brotliDecompressSync,
	gunzipSync,
	inflateSync,
	zstdDecompressSync,
} from 'node:zlib';
import type {Demand} from './demand.js';
import {requestIdHeader, type Headers} from './answer-headers.js';
import type {Random} from './random.js';
import {refusalBody, type Refusal} from './refusal.js';
import type {ApiFamily} from './speech.js';
import type {World} from './world.js';

/**
One request to the endpoint, its body read.
*/
export type Call = Readonly<{
	request: IncomingMessage;
	response: ServerResponse;
	method: string;
	path: string;
	query: URLSearchParams;
	family: ApiFamily;
	body: string;
	/**
	The body as it came.
	*/
	bytes: Buffer;
	/**
	What a script demands for this one.
	*/
	scripted: Demand | string | undefined;
	/**
	Why there is no body to read.
	*/
	unreadable: Refusal | undefined;
	chance: Random;
	requestId: string;
	/**
	Aborted when the client leaves before the end.
	*/
	signal: AbortSignal;
}>;

const mostBodyBytes = 32 * 1024 * 1024;

/**
Reads the request to its end. Rejects when the client leaves before.
*/
export async function receive(
	{request, response, signal}: Pick<Call, 'request' | 'response' | 'signal'>,
	{chanceOf}: World,
): Promise<Call> {
	const [path = '/', query] = (request.url ?? '/').split('?', 2);
	const bytes = await readBody(request);
	const read =
		bytes === undefined
			? {status: 413}
			: decoded(bytes, request.headers['content-encoding']);
	const body = typeof read === 'string' ? read : '';
	const session = header(request, 'x-claude-code-session-id');
	const chance = chanceOf([path, session, body].join('\n'));
	return {
		request,
		response,
		method: request.method ?? 'GET',
		path,
		query: new URLSearchParams(query),
		family:
			path.startsWith('/v1/messages') ||
			request.headers['anthropic-version'] !== undefined
				? 'anthropic'
				: 'openai',
		body,
		bytes: bytes ?? Buffer.alloc(0),
		scripted: undefined,
		unreadable: typeof read === 'string' ? undefined : read,
		chance,
		requestId: `req_sim_${chance.letters(20)}`,
		signal,
	};
}

export function header(
	{headers}: IncomingMessage,
	name: string,
): string | undefined {
	const value = headers[name];
	return Array.isArray(value) ? value[0] : value;
}

export function answerJson(
	{response, family, requestId}: Call,
	body: unknown,
	{status = 200, headers = {}}: {status?: number; headers?: Headers} = {},
): void {
	const bytes = Buffer.from(JSON.stringify(body));
	response.writeHead(status, {
		'content-type': 'application/json',
		'content-length': bytes.length,
		...requestIdHeader(family, requestId),
		...headers,
	});
	response.end(bytes);
}

export function refuse(call: Call, refusal: Refusal, headers?: Headers): void {
	const body = refusalBody(call.family, refusal, call.requestId);
	answerJson(call, body, {status: refusal.status, headers});
}

async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const chunk of request as AsyncIterable<Buffer>) {
		length += chunk.length;
		if (length <= mostBodyBytes) {
			chunks.push(chunk);
		}
	}

	return length > mostBodyBytes ? undefined : Buffer.concat(chunks);
}

function decoded(bytes: Buffer, coding: string | undefined): string | Refusal {
	const decoder = coding === undefined ? undefined : decoders[coding];
	try {
		return (decoder ? decoder(bytes) : bytes).toString();
	} catch {
		return {status: 400, message: `The request body is not ${coding}.`};
	}
}

const limit = {maxOutputLength: mostBodyBytes};
const decoders: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
	gzip: (bytes) => gunzipSync(bytes, limit),
	deflate: (bytes) => inflateSync(bytes, limit),
	br: (bytes) => brotliDecompressSync(bytes, limit),
	zstd: (bytes) => zstdDecompressSync(bytes, limit),
};

/**
True when the client's key is the right one, or any will do.
*/
export function mayAsk({request}: Call, {apiKey}: World): boolean {
	return (
		apiKey === undefined ||
		header(request, 'x-api-key') === apiKey ||
		header(request, 'authorization') === `Bearer ${apiKey}`
	);
}
