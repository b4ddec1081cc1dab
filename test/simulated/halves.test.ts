import {Buffer} from 'node:buffer';
import {expect, test} from 'vitest';
import {halves} from '../../source/simulated/halves.js';

test.each([
	['', ['', '']],
	['a', ['', 'a']],
	['abcd', ['ab', 'cd']],
	['😀', ['😀', '']],
	['a😀b', ['a😀', 'b']],
	['😀😀😀', ['😀😀', '😀']],
])('of %j the halves are %j, and as long as the whole', (text, expected) => {
	const [one, other] = halves(text);
	expect([one, other]).toEqual(expected);
	expect(Buffer.byteLength(one) + Buffer.byteLength(other)).toBe(
		Buffer.byteLength(text),
	);
});
