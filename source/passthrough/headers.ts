import type {Buffer} from 'node:buffer';

/**
Names and values in turn, as they came: order, case and duplicates kept.
*/
export type RawHeaders = readonly string[];

/**
They speak of one connection and go no further (RFC 9110, 7.6.1).
*/
const hopByHop = new Set([
	'connection',
	'keep-alive',
	'proxy-authenticate',
	'proxy-authorization',
	'proxy-connection',
	'te',
	'trailer',
	'transfer-encoding',
	'upgrade',
]);

/**
Ours to say: the host is the endpoint's, the length that of the bytes we send, `Expect` is answered here.
*/
const ours = new Set(['host', 'content-length', 'expect', 'x-tollgate-key']);

/**
What may tell who asks. An endpoint that has a key of ours gets that and nothing of the agent's.
*/
const credentials = new Set([
	'authorization',
	'x-api-key',
	'api-key',
	'x-goog-api-key',
	'cookie',
]);

export type Outgoing = Readonly<{
	/**
	Of this run of ours: comes back to us only in a loop.
	*/
	instance: string;
	/**
	Headers that carry our own key; undefined: the agent's own credential goes on.
	*/
	key: RawHeaders | undefined;
	/**
	Names, in lower case, of headers that are left out or replaced for this request.
	*/
	without?: readonly string[];
	/**
	Said instead of what was left out.
	*/
	also?: RawHeaders;
}>;

/**
The headers that go to the endpoint.
*/
export function outgoingHeaders(raw: RawHeaders, outgoing: Outgoing): string[] {
	const named = connectionOptions(raw);
	const headers: string[] = [];
	for (let index = 0; index < raw.length; index += 2) {
		const name = raw[index]!;
		const lower = name.toLowerCase();
		if (
			hopByHop.has(lower) ||
			ours.has(lower) ||
			(named?.includes(lower) ?? false) ||
			(outgoing.without?.includes(lower) ?? false) ||
			(outgoing.key !== undefined && credentials.has(lower))
		) {
			continue;
		}

		headers.push(name, raw[index + 1]!);
	}

	headers.push(
		...(outgoing.key ?? []),
		...(outgoing.also ?? []),
		'x-tollgate-hop',
		outgoing.instance,
	);
	return headers;
}

/**
The headers of an endpoint's answer that go on to the client.
*/
export function incomingHeaders(
	raw: readonly Buffer[],
	without?: readonly string[],
): string[] {
	const all: string[] = Array.from(raw, (bytes) => bytes.toString('latin1'));

	const named = connectionOptions(all);
	const headers: string[] = [];
	for (let index = 0; index < all.length; index += 2) {
		const lower = all[index]!.toLowerCase();
		if (
			!hopByHop.has(lower) &&
			!named?.includes(lower) &&
			!without?.includes(lower)
		) {
			headers.push(all[index]!, all[index + 1]!);
		}
	}

	return headers;
}

/**
Whether this very run of ours has forwarded a request before. Other Tollgates on its way keep theirs.
*/
export function hasPassed(raw: RawHeaders, instance: string): boolean {
	return raw.some(
		(name, index) =>
			name === instance &&
			index % 2 === 1 &&
			raw[index - 1]!.toLowerCase() === 'x-tollgate-hop',
	);
}

/**
The value of the first header of this name (given in lower case).
*/
export function headerOf(raw: RawHeaders, wanted: string): string | undefined {
	for (let index = 0; index < raw.length; index += 2) {
		const name = raw[index]!;
		if (name.length === wanted.length && name.toLowerCase() === wanted) {
			return raw[index + 1];
		}
	}

	return undefined;
}

/**
What `Connection` names besides the usual; undefined where it names nothing of the kind.
*/
function connectionOptions(raw: RawHeaders): readonly string[] | undefined {
	let options: string[] | undefined;
	for (let index = 0; index < raw.length; index += 2) {
		if (!(
			raw[index]!.length === 10 && raw[index]!.toLowerCase() === 'connection'
		)) {
			continue;
		}

		const value = raw[index + 1]!.toLowerCase();
		if (value === 'keep-alive' || value === 'close') {
			continue;
		}

		options ??= [];
		options.push(...value.split(',').map((option) => option.trim()));
	}

	return options;
}

const credentialNames = new Set([
	...credentials,
	'x-tollgate-key',
	'proxy-authorization',
]);
/** Shorter ones are words, not secrets. */
const shortestSecret = 8;

/**
The credentials a request carries, and those we know: none of them may stand in what is kept of the
endpoint's words.
*/
export function secretsIn(
	raw: RawHeaders,
	known: readonly string[],
): readonly string[] {
	const secrets = [...known];
	for (let index = 0; index < raw.length; index += 2) {
		if (!credentialNames.has(raw[index]!.toLowerCase())) {
			continue;
		}

		const value = raw[index + 1]!;
		secrets.push(value, value.replace(/^\S+\s+/v, ''));
	}

	return secrets.filter((secret) => secret.length >= shortestSecret);
}
