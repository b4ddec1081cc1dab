import {Buffer} from 'node:buffer';
import {hash} from 'node:crypto';
import {crc32} from 'node:zlib';

const blockBytes = 64;
const digestBytes = 32;

/**
Up to this size a body is hashed whole.
*/
const smallBytes = 32 * 1024;

/**
Hashes bodies with a secret of at most 64 bytes: HMAC-SHA-256 (RFC 2104), its first 16 bytes as hex.
Who does not have the secret cannot tell from the hash what a body said. Of a large body its length,
its checksum and both its ends are hashed: two that agree in all of these are the same request sent
again. It is written out with one-shot hashes, which cost a fraction of what a streaming one does.
*/
export function bodyHasher(secret: Uint8Array): (body: Uint8Array) => string {
	const inner = Buffer.alloc(blockBytes + smallBytes, 0x36);
	const outer = Buffer.alloc(blockBytes + digestBytes, 0x5c);
	for (const [index, byte] of secret.entries()) {
		/* eslint-disable no-bitwise -- As the RFC has it. */
		inner[index] = byte ^ 0x36;
		outer[index] = byte ^ 0x5c;
		/* eslint-enable no-bitwise */
	}

	return (body) => {
		const told = body.length > smallBytes ? summaryOf(body) : body;
		inner.set(told, blockBytes);
		const digest = hash(
			'sha256',
			inner.subarray(0, blockBytes + told.length),
			'buffer',
		);
		outer.set(digest, blockBytes);
		return hash('sha256', outer, 'hex').slice(0, 32);
	};
}

const endBytes = 8 * 1024;

function summaryOf(body: Uint8Array): Uint8Array {
	const figures = Buffer.alloc(12);
	figures.writeDoubleLE(body.length, 0);
	figures.writeUInt32LE(crc32(body), 8);
	return Buffer.concat([
		figures,
		body.subarray(0, endBytes),
		body.subarray(-endBytes),
	]);
}
