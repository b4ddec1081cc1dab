import type {Config} from '../config/config.js';
import {isLocalKey, keyOf} from '../config/local-keys.js';
import type {RawHeaders} from './headers.js';
import {Refusal} from './refusal.js';

/**
The key of requests that come without one.
*/
export const noLocalKey = 'default';

/**
Whose request it is.
*/
export type Bearer = Readonly<{
	key: string;
	/**
	Names, in lower case, of the headers that a local key came in: they go no further.
	*/
	headers: readonly string[];
}>;

const nobody: Bearer = {key: noLocalKey, headers: []};

/**
The local key that a request comes with, in any of the headers that clients know. Throws a Refusal where
it is not known, and where one is required and none came.
*/
export function bearerOf(
	raw: RawHeaders,
	{keys, server}: Pick<Config, 'keys' | 'server'>,
): Bearer {
	const given = localKeysIn(raw);
	if (given.length === 0 && !server.requireKey) {
		return nobody;
	}

	const known = given.map(({secret}) => keyOf(secret, keys)?.name);
	// Where there are no keys, our own header may say anything.
	const hasKeys = keys.some(({hash}) => hash !== undefined);
	if (
		given.some(
			({secret}, index) =>
				known[index] === undefined && (hasKeys || isLocalKey(secret)),
		)
	) {
		throw new Refusal(
			'key',
			'This local key is not known: it was revoked, or belongs to another home. "tollgate key add NAME" makes a new one.',
		);
	}

	const headers = given.map(({name}) => name);
	const key = known[0];
	if (key !== undefined) {
		return {key, headers};
	}

	if (server.requireKey) {
		throw new Refusal(
			'key',
			'A local key is required here (require_key in [server]). "tollgate key add NAME" makes one; send it as x-api-key, as Bearer, or as x-tollgate-key.',
		);
	}

	return {key: noLocalKey, headers};
}

/**
What looks like a local key, known or not: no endpoint gets to see it. Whatever stands in our own header
is meant as one.
*/
function localKeysIn(
	raw: RawHeaders,
): ReadonlyArray<Readonly<{name: string; secret: string}>> {
	let found: Array<Readonly<{name: string; secret: string}>> | undefined;
	for (let index = 0; index < raw.length; index += 2) {
		const value = raw[index + 1]!;
		const name = raw[index]!;
		const lower = name.toLowerCase();
		if (lower !== 'x-tollgate-key' && !carriers.has(lower)) {
			continue;
		}

		const secret = value.replace(scheme, '').trim();
		if (!(lower === 'x-tollgate-key' || isLocalKey(secret))) {
			continue;
		}

		found ??= [];
		found.push({name: lower, secret});
	}

	return found ?? [];
}

/**
Clients write more before a key than `Bearer`: `Token`, `Bearer:`, or the same twice.
*/
const scheme = /^(?:[a-z]+:?\s+)+/iv;

const carriers = new Set([
	'authorization',
	'x-api-key',
	'api-key',
	'x-goog-api-key',
]);
