/**
How an attempt ended without a byte of an answer.
*/
export type ConnectionFailure = Readonly<{
	/**
	The code of the system or of the HTTP client: `ECONNREFUSED`, `UND_ERR_SOCKET`.
	*/
	code: string;
	/**
	A connection stood and the request was begun on it.
	*/
	begun: boolean;
	/**
	Every byte of the request had been handed to the system.
	*/
	written: boolean;
	/**
	The connection had served another request before.
	*/
	reused: boolean;
}>;

const neverConnected = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'ECONNRESET',
	'EPIPE',
	// Its pool was closed in between: another config is in force.
	'UND_ERR_CLOSED',
	'UND_ERR_DESTROYED',
]);
const resets = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

/**
How often one request is tried again at once before its failure is the answer.
*/
const mostReconnects = 2;

/**
Whether a request that met no answer is sent again at once on a new connection: only where the
endpoint cannot have begun to work on it.
*/
export function mayReconnect(
	failure: ConnectionFailure,
	reconnects: number,
): boolean {
	if (reconnects >= mostReconnects) {
		return false;
	}

	return failure.begun
		? resets.has(failure.code) && (failure.reused || !failure.written)
		: neverConnected.has(failure.code);
}

/**
The endpoint had the whole request when the connection broke, or when we lost patience with it: it may
have worked on it. A connection that had been idle and is reset has mostly been closed before.
*/
export const isPossiblyBilled = (failure: ConnectionFailure): boolean =>
	failure.begun &&
	failure.written &&
	!(failure.reused && resets.has(failure.code));
