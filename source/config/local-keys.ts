import {Buffer} from 'node:buffer';
import {createHash, randomBytes, timingSafeEqual} from 'node:crypto';
import type {KeyConfig} from './config.js';

const secretBytes = 32;

/**
A new secret of a local key: `tollgate_NAME_` and 43 characters of base64url, 256 random bits.
*/
export const newSecret = (name: string): string =>
	`tollgate_${name}_${randomBytes(secretBytes).toString('base64url')}`;

/**
What a secret is known by in the config: `sha256:` and 64 hexadecimal digits, of the whole text. So many
random bits are not to be guessed, so they need no slow hash.
*/
export const hashOf = (secret: string): string =>
	`sha256:${createHash('sha256').update(secret).digest('hex')}`;

/**
Whether a text is meant as a local key, known or not, also where it was copied badly: no endpoint is ever
sent one.
*/
export const isLocalKey = (text: string): boolean =>
	/^["']?tollgate_[\d\-_a-z]+_/v.test(text);

/**
The key that a secret belongs to; undefined where there is none. How long it takes tells nothing of the
hashes: each is compared whole, and all of them are.
*/
export function keyOf(
	secret: string,
	keys: readonly KeyConfig[],
): KeyConfig | undefined {
	const given = Buffer.from(hashOf(secret));
	let found: KeyConfig | undefined;
	for (const key of keys) {
		const kept = Buffer.from(key.hash ?? ''.padEnd(given.length));
		if (kept.length === given.length && timingSafeEqual(kept, given)) {
			found = key;
		}
	}

	return found;
}
