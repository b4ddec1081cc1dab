import {Buffer} from 'node:buffer';
import {randomBytes} from 'node:crypto';
import fs from 'node:fs';

/**
Up to 256 random bytes, good enough for secrets: of the system, where it hands them out as a file. What
node:crypto gives comes from there too, and to load it takes a tenth of a start. A file that is no device may
be anybody's: what stands in it is not taken.
*/
export function freshBytes(
	count: number,
	{device = '/dev/urandom'}: {device?: string} = {},
): Uint8Array {
	try {
		const file = fs.openSync(device, 'r');
		try {
			const bytes = new Uint8Array(count);
			if (
				fs.fstatSync(file).isCharacterDevice() &&
				fs.readSync(file, bytes) === count
			) {
				return bytes;
			}
		} finally {
			fs.closeSync(file);
		}
	} catch {
		// There is none, or it cannot be read.
	}

	return randomBytes(count);
}

/**
A random UUID, version 4 (RFC 9562).
*/
export function freshId(): string {
	const bytes = Buffer.from(freshBytes(16));
	bytes[6] = 0x40 + (bytes[6]! % 0x10);
	bytes[8] = 0x80 + (bytes[8]! % 0x40);
	const hex = bytes.toString('hex');
	return [
		hex.slice(0, 8),
		hex.slice(8, 12),
		hex.slice(12, 16),
		hex.slice(16, 20),
		hex.slice(20),
	].join('-');
}
