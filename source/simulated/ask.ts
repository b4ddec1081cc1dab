import {
	request as openRequest,
	type Agent,
	type ClientRequest,
	type IncomingMessage,
} from 'node:http';
import type {Readable, Transform} from 'node:stream';
import {
	constants,
	createBrotliDecompress,
	createGunzip,
	createZstdDecompress,
} from 'node:zlib';
import type {WireFormatName} from '../exchange/usage.js';
import type {Ending, TokenCount} from './count.js';
import {createHearing, type Heard} from './hearing.js';

/**
One request that an agent has to make.
*/
export type Errand = Readonly<{
	method: 'POST' | 'HEAD';
	/**
	With its query.
	*/
	path: string;
	headers: Readonly<Record<string, string>>;
	body: string;
	/**
	Undefined for what is no request for an answer: it is not counted.
	*/
	format: WireFormatName | undefined;
	model: string;
	stream: boolean;
	/**
	Leaves after so many characters of the answer.
	*/
	leaveAfter: number | undefined;
	/**
	What a person takes before this, in milliseconds at human speed.
	*/
	pauseMs: number;
}>;

export type Answered = Readonly<{
	model: string;
	ending: Ending;
	status: number | undefined;
	told: TokenCount | undefined;
	/**
	Milliseconds, as the answer said.
	*/
	retryAfterMs: number | undefined;
}>;

export type Line = Readonly<{
	baseUrl: string;
	connections: Agent;
	signal: AbortSignal | undefined;
}>;

/**
Makes the request and listens to the end of its answer. Never rejects: every ending is a fact.
*/
export async function ask(errand: Errand, line: Line): Promise<Answered> {
	const request = openRequest(`${line.baseUrl}${errand.path}`, {
		method: errand.method,
		agent: line.connections,
		headers: {
			...errand.headers,
			'content-length': String(new TextEncoder().encode(errand.body).length),
		},
	});
	const leave = () => {
		request.destroy();
	};

	line.signal?.addEventListener('abort', leave);
	try {
		const response = await answerTo(request, errand.body);
		const listened = response && (await listen(request, response, errand));
		const left = listened?.left ?? line.signal?.aborted ?? false;
		return {
			model: listened?.heard.model ?? errand.model,
			ending: endingOf(response, listened, left),
			status: response?.statusCode,
			told: listened?.heard.told,
			retryAfterMs: response && retryAfter(response),
		};
	} finally {
		line.signal?.removeEventListener('abort', leave);
	}
}

type Listened = Readonly<{heard: Heard; whole: boolean; left: boolean}>;

async function answerTo(
	request: ClientRequest,
	body: string,
): Promise<IncomingMessage | undefined> {
	return new Promise((resolve) => {
		request.on('response', resolve);
		// Also after the answer has begun: then the answer's own events say so.
		request.on('error', () => {
			resolve(undefined);
		});
		request.end(body);
	});
}

async function listen(
	request: ClientRequest,
	response: IncomingMessage,
	{format, stream, leaveAfter = Infinity}: Errand,
): Promise<Listened> {
	const hearing = createHearing(
		format ?? 'anthropic-messages',
		stream && response.statusCode === 200,
	);
	let length = 0;
	let left = false;
	const decoded = decode(response);
	decoded.setEncoding('utf8').on('data', (chunk: string) => {
		hearing.feed(chunk);
		length += chunk.length;
		if (!(length >= leaveAfter)) {
			return;
		}

		left = true;
		request.destroy();
	});
	await new Promise<void>((resolve) => {
		decoded.once('close', resolve);
		// The connection ended before the answer: `whole` says so.
		decoded.once('error', () => {
			resolve();
		});
	});
	return {heard: hearing.heard(), whole: response.complete, left};
}

function decode(response: IncomingMessage): Readable {
	const decoder = decoders[response.headers['content-encoding'] ?? '']?.();
	if (!decoder) {
		return response;
	}

	response.once('error', () => {
		// Its end follows, and says the same.
	});
	// What came before a cut is still decoded.
	response.once('close', () => {
		decoder.end();
	});
	return response.pipe(decoder);
}

const decoders: Readonly<Record<string, () => Transform>> = {
	gzip: () => createGunzip({finishFlush: constants.Z_SYNC_FLUSH}),
	br: () =>
		createBrotliDecompress({finishFlush: constants.BROTLI_OPERATION_FLUSH}),
	zstd: () => createZstdDecompress({finishFlush: constants.ZSTD_e_flush}),
};

function endingOf(
	response: IncomingMessage | undefined,
	listened: Listened | undefined,
	left: boolean,
): Ending {
	if (left) {
		return 'aborted';
	}

	if (!response || !listened) {
		return 'reset';
	}

	if (response.statusCode !== 200) {
		return 'refused';
	}

	return listened.whole ? (listened.heard.end ?? 'cut') : 'cut';
}

function retryAfter({headers}: IncomingMessage): number | undefined {
	const ms = Number(headers['retry-after-ms'] ?? NaN);
	const seconds = Number(headers['retry-after'] ?? NaN);
	const either = Number.isNaN(ms) ? seconds * 1000 : ms;
	return Number.isNaN(either) ? undefined : either;
}
