import type {IncomingMessage} from 'node:http';
import {recognise} from '../wire/paths.js';

export const mostHeaders = 500;

/**
To be known as too many they need not all be read.
*/
export const headersRead = mostHeaders + 1;

/**
Why a request that can be read is not worked on all the same: two programs could take it for different
requests, or it is none that may go on. Undefined: it is plain. Its framing is read as strictly as
https://www.rfc-editor.org/rfc/rfc9112 allows.
*/
export const strangenessOf = (request: IncomingMessage): string | undefined =>
	strange.get(request);

/**
Sees a request as it comes in. True: it is strange, by its looks or for the reason given.
*/
export function lookAt(
	request: IncomingMessage,
	reason: string | undefined,
): boolean {
	const why = reason ?? strangeness(request);
	if (why !== undefined) {
		strange.set(request, why);
	}

	return why !== undefined;
}

const strange = new WeakMap<IncomingMessage, string>();

function strangeness(request: IncomingMessage): string | undefined {
	const {headers, rawHeaders} = request;
	if (request.httpVersionMajor !== 1) {
		return 'This is neither HTTP/1.1 nor HTTP/1.0.';
	}

	const coding = headers['transfer-encoding'];
	if (
		coding !== undefined &&
		(coding.toLowerCase() !== 'chunked' || request.httpVersionMinor === 0)
	) {
		return 'The only Transfer-Encoding of a request is chunked, in HTTP/1.1.';
	}

	if (rawHeaders.length > 2 * mostHeaders) {
		return `The request has more than ${mostHeaders} headers.`;
	}

	return hasSecondHost(rawHeaders)
		? 'The request has more than one Host.'
		: strangeTarget(request);
}

function hasSecondHost(rawHeaders: readonly string[]): boolean {
	let count = 0;
	for (let index = 0; index < rawHeaders.length; index += 2) {
		const name = rawHeaders[index]!;
		if (name.length === 4 && name.toLowerCase() === 'host') {
			count++;
		}
	}

	return count > 1;
}

export const noProxy =
	'The request target is not a path. Tollgate is a base URL, not a proxy: set it as the base URL of the client.';

const refusedTargets = {
	not_a_path: noProxy,
	dot_segments: 'The path has dot segments in it. Write it without them.',
	backslash: 'The path has a backslash in it. Write it with slashes.',
	fragment: 'The path has a # in it. Write it as %23.',
} as const;

function strangeTarget({method, url}: IncomingMessage): string | undefined {
	const wanted = recognise(method!, url!);
	return wanted.kind === 'refused' ? refusedTargets[wanted.reason] : undefined;
}
