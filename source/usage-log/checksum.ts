import {createHash} from 'node:crypto';
import {measureNames} from '../exchange/measures.js';

/**
A prime of 61 bits: sums are reckoned modulo it.
*/
const modulus = 2n ** 61n - 1n;

/**
The checksum of sums: each is multiplied by a number that belongs to its place, and all are added up.
So what is taken out later is simply added, in whatever steps, and a figure that has changed by however
little, or stands in another's place, gives another checksum. What is no checksum before stays as it is: a check
shall find it.
*/
export function checksumOf(rows: Iterable<ChecksumRow>, before = '0'): string {
	if (!/^\d+$/.test(before)) {
		return before;
	}

	let sum = BigInt(before);
	for (const {place, sums} of rows) {
		let row = 0n;
		for (const [index, name] of measureNames.entries()) {
			const value = sums[name];
			if (value) {
				row += factors[index]! * BigInt(Math.round(value));
			}
		}

		sum += factorOf(place.join('\0')) * (row % modulus);
	}

	return String(((sum % modulus) + modulus) % modulus);
}

export type ChecksumRow = Readonly<{
	/**
	The table and the key of a row.
	*/
	place: ReadonlyArray<string | number>;
	sums: Readonly<Record<string, number>>;
}>;

const factorOf = (text: string): bigint =>
	1n +
	(createHash('sha256').update(text).digest().readBigUInt64BE() %
		(modulus - 1n));

// By name: a sum that a later version adds leaves the others as they are.
const factors = measureNames.map((name) => factorOf(name));
