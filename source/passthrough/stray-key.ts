import {Buffer} from 'node:buffer';
import type {IncomingMessage} from 'node:http';
import type {Bearer} from './local-key.js';
import {Refusal} from './refusal.js';

/**
Throws a Refusal where a local key stands in a place that none is read from: it would go on to the endpoint, and the
request would count for another key.
*/
export function refuseStrayKey(
	{url = '', rawHeaders}: Pick<IncomingMessage, 'url' | 'rawHeaders'>,
	bearer: Pick<Bearer, 'headers'>,
): void {
	const place = hasKey(url) ? 'URL' : headerWithKey(rawHeaders, bearer);
	if (place !== undefined) {
		throw new Refusal(
			'key',
			`A local key came in the ${place}, where none is read. Send it as x-api-key, as Bearer, or as x-tollgate-key.`,
		);
	}
}

function headerWithKey(
	raw: readonly string[],
	{headers}: Pick<Bearer, 'headers'>,
): string | undefined {
	for (let index = 0; index < raw.length; index += 2) {
		const value = raw[index + 1]!;
		if (!(hasKey(value) || hasKey(fromBasic(value)))) {
			continue;
		}

		const name = raw[index]!.toLowerCase();
		if (!headers.includes(name)) {
			return `header ${name}`;
		}
	}

	return undefined;
}

const wholeKey = /tollgate_[\d\-_a-z]{1,32}_[\w\-]{43}/v;

const hasKey = (text: string): boolean =>
	text.includes('tollgate_') && wholeKey.test(text);

/**
What clients make of a name and a password in a URL.
*/
function fromBasic(value: string): string {
	const {encoded} = /^basic\s+(?<encoded>\S+)/iv.exec(value)?.groups ?? {};
	return encoded === undefined
		? ''
		: Buffer.from(encoded, 'base64').toString('latin1');
}
