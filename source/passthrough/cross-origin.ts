import type {IncomingMessage, ServerResponse} from 'node:http';
import {checkDoor, isAdmitted, type Door} from '../policy/door.js';

/**
How long a browser may go by a permission, in seconds.
*/
const maxAgeSeconds = 600;

/**
Lets pages that the user admits by name read what they are answered, which browsers leave to the server.
Answers their question beforehand itself: no endpoint knows them, and the question carries no key. True:
that was it. https://fetch.spec.whatwg.org/#http-cors-protocol
*/
export function openToOrigin(
	request: IncomingMessage,
	response: ServerResponse,
	door: Door,
): boolean {
	const {host, origin} = request.headers;
	if (
		origin === undefined ||
		!isAdmitted(door, origin) ||
		checkDoor(door, {host, origin}) !== undefined
	) {
		return false;
	}

	// What the endpoint says of its own takes the place of ours.
	response.setHeader('access-control-allow-origin', origin);
	response.setHeader('vary', 'origin');
	const method = request.headers['access-control-request-method'];
	if (request.method !== 'OPTIONS' || method === undefined) {
		response.setHeader('access-control-expose-headers', '*');
		return false;
	}

	answerQuestion(request, response, method);
	return true;
}

function answerQuestion(
	{headers}: IncomingMessage,
	response: ServerResponse,
	method: string,
): void {
	response.setHeader('access-control-allow-methods', method);
	const asked = headers['access-control-request-headers'];
	if (asked !== undefined) {
		response.setHeader('access-control-allow-headers', asked);
	}

	if (headers['access-control-request-private-network'] === 'true') {
		response.setHeader('access-control-allow-private-network', 'true');
	}

	response.setHeader('access-control-max-age', String(maxAgeSeconds));
	response.writeHead(204).end();
}
