/* eslint-disable no-bitwise -- The arithmetic of these generators is in bits. */

/**
Chance with a seed: the same seed draws the same numbers, on every machine.
*/
export type Random = Readonly<{
	/**
	From 0 up to, not including, 1.
	*/
	next(): number;
	/**
	A whole number from `min` to `max`, both included.
	*/
	between(min: number, max: number): number;
	chance(probability: number): boolean;
	pick<Value>(values: readonly Value[]): Value;
	/**
	Letters and digits, for ids.
	*/
	letters(length: number): string;
}>;

const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';

export function seededRandom(seed: number): Random {
	const next = mulberry32(seed);
	const between = (min: number, max: number) =>
		min + Math.floor(next() * (max - min + 1));

	return {
		next,
		between,
		chance: (probability) => next() < probability,
		pick: (values) => values[between(0, values.length - 1)]!,
		letters: (length) =>
			Array.from(
				{length},
				() => alphabet[between(0, alphabet.length - 1)],
			).join(''),
	};
}

/**
One seed out of several numbers, spread so that neighbours have nothing in common.
*/
export function mixSeeds(...seeds: readonly number[]): number {
	let mixed = 0x9e_37_79_b9;
	for (const seed of seeds) {
		mixed = Math.imul(mixed ^ seed, 0x85_eb_ca_6b);
		mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2_b2_ae_35);
		mixed ^= mixed >>> 16;
	}

	return mixed >>> 0;
}

// The 32-bit generator that Tommy Ettinger put in the public domain.
function mulberry32(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d_2b_79_f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}
