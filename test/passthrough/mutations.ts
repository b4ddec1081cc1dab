import {Buffer} from 'node:buffer';

/**
Numbers from 0 to 1 that are the same for the same seed.
*/
export function seeded(seed: number): () => number {
	let state = seed;
	return () => {
		/* eslint-disable no-bitwise, unicorn/prefer-math-trunc -- https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
		state = (state + 0x6d_2b_79_f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
		/* eslint-enable no-bitwise, unicorn/prefer-math-trunc */
	};
}

export type Dice = Readonly<{
	below(end: number): number;
	one<Thing>(things: readonly Thing[]): Thing;
	chance(share: number): boolean;
}>;

export function diceOf(seed: number): Dice {
	const next = seeded(seed);
	const below = (end: number) => Math.floor(next() * end);
	return {
		below,
		one: (things) => things[below(things.length)]!,
		chance: (share) => next() < share,
	};
}

const methods = ['GET', 'POST', 'PUT', 'HEAD', 'OPTIONS', 'DELETE', 'PATCH'];
const targets = [
	'/v1/messages',
	'/v1/messages?beta=true',
	'/v1/chat/completions',
	'/v1/responses',
	'/v1/messages/count_tokens',
	'/v1/models',
	'/v1/files/1',
	'/',
];
const headers = [
	'User-Agent: fuzz/1.0',
	'x-api-key: sk-fuzz',
	'Accept: */*',
	'Content-Type: application/json',
	'Connection: keep-alive',
	'Expect: 100-continue',
	'Accept-Encoding: gzip',
	'X-Empty:',
	'Content-Encoding: gzip',
	'Trailer: X-T',
];

/**
A request as it should be: of one `tag`, which stands in its head and in its body.
*/
export function validRequest(dice: Dice, tag: string): string {
	const method = dice.one(methods);
	const hasBody = ['POST', 'PUT', 'PATCH'].includes(method);
	const body = JSON.stringify({
		model: 'm',
		tag,
		filler: 'x'.repeat(dice.below(60)),
	});
	const more = headers.filter(() => dice.chance(0.3));
	const head = [
		`${method} ${dice.one(targets)} HTTP/1.1`,
		'Host: localhost',
		`X-Tag: ${tag}`,
		...more,
	];
	if (!hasBody) {
		return [...head, '', ''].join('\r\n');
	}

	if (dice.chance(0.5)) {
		return [...head, `Content-Length: ${body.length}`, '', body].join('\r\n');
	}

	const at = 1 + dice.below(body.length - 1);
	const chunks = [body.slice(0, at), body.slice(at)].flatMap((chunk) => [
		chunk.length.toString(16),
		chunk,
	]);
	return [
		...head,
		'Transfer-Encoding: chunked',
		'',
		...chunks,
		'0',
		'',
		'',
	].join('\r\n');
}

const lines = [
	'Content-Length: 0',
	'Content-Length: 5',
	'Content-Length: 1000000',
	'Content-Length: -1',
	'Content-Length : 3',
	'content-length: 3, 3',
	'Transfer-Encoding: chunked',
	'Transfer-Encoding: identity',
	'Transfer-Encoding: gzip, chunked',
	'Transfer-Encoding : chunked',
	'Transfer-Encoding:\u{B}chunked',
	'Host: evil.example',
	'Host: localhost',
	'Host:',
	'Origin: null',
	'Origin: https://evil.example',
	'Sec-Fetch-Site: cross-site',
	'Connection: close',
	'Connection: x-tag, host, content-length, transfer-encoding',
	'Connection: Upgrade',
	'Upgrade: websocket',
	'Upgrade: h2c',
	'Expect: nothing',
	' folded',
	'\tfolded',
	': no-name',
	'no-colon',
	'X-Control: \u{1}\u{7F}',
	'X-Nul: \0',
	'X-Big: '.padEnd(70_000, 'x'),
	'X-Latin: \u{E9}\u{FF}',
];
const pieces = [
	'\r\n',
	'\n',
	'\r',
	'\0',
	' ',
	'\t',
	':',
	'/',
	'..',
	'%2e%2e/',
	'\\',
	'#',
	'?',
	'0\r\n\r\n',
	'HTTP/1.1',
	'HTTP/1.0',
	'HTTP/2.0',
	'chunked',
	'ffffffffffffffff',
	'https://evil.example',
	'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
	'\u{16}\u{3}\u{1}',
];

type Mutation = (text: string, dice: Dice) => string;

const insertAt = (text: string, at: number, piece: string): string =>
	text.slice(0, at) + piece + text.slice(at);

const mutations: readonly Mutation[] = [
	// A line more in the head.
	(text, dice) => {
		const ends = [...text.matchAll(/\r\n/gv)].map(({index}) => index + 2);
		return ends.length === 0
			? text
			: insertAt(text, dice.one(ends.slice(0, 8)), `${dice.one(lines)}\r\n`);
	},
	// A piece anywhere, the head above all.
	(text, dice) =>
		insertAt(text, dice.below(Math.min(text.length, 200)), dice.one(pieces)),
	(text, dice) => insertAt(text, dice.below(text.length), dice.one(pieces)),
	// Something is missing.
	(text, dice) => {
		const at = dice.below(text.length);
		return text.slice(0, at) + text.slice(at + 1 + dice.below(6));
	},
	(text, dice) => text.slice(0, dice.below(text.length)),
	// Another byte.
	(text, dice) => {
		const at = dice.below(text.length);
		return (
			text.slice(0, at) +
			String.fromCodePoint(dice.below(256)) +
			text.slice(at + 1)
		);
	},
	// Something twice.
	(text, dice) => {
		const at = dice.below(text.length);
		return insertAt(text, at, text.slice(at, at + 1 + dice.below(40)));
	},
	// Other ends of lines.
	(text, dice) =>
		text.split('\r\n').join(dice.one(['\n', '\r', '\r\r\n', '\n\r'])),
	(text) => text.replace('\r\n', '\n'),
	// Another start.
	(text, dice) =>
		text.replace(/^\S+ \S+/v, () =>
			dice.one([
				'CONNECT evil.example:443',
				'OPTIONS *',
				'GET https://evil.example/',
				'GET /v1/../x',
				String.raw`GET /\x`,
				'GET //evil.example/x',
				'get /',
				'G\u{1}T /',
				'POST /v1/mess%61ges',
			]),
		),
	// Another length.
	(text, dice) =>
		text.replace(/(?<=Content-Length: )\d+/v, () =>
			dice.one([
				'0',
				'1',
				'9',
				'007',
				'+5',
				'5 5',
				'0x5',
				'99999999999999999999',
			]),
		),
	// Other sizes of chunks.
	(text, dice) =>
		text.replace(/(?<=\r\n)[\da-f]+(?=\r\n\{)/v, () =>
			dice.one(['0', '-1', '1;x=y', '1 ', '0x1', 'fffffffffffffffff', '']),
		),
];

/**
A request with something wrong in it, as a rule: some mutations do no harm.
*/
export function mutated(text: string, dice: Dice): string {
	let result = text;
	for (let count = 1 + dice.below(3); count > 0; count--) {
		result = dice.one(mutations)(result, dice);
	}

	return result;
}

export const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
