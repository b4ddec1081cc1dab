import {createHmac} from 'node:crypto';
import {expect, test} from 'vitest';
import {bodyHasher} from '../../source/passthrough/body-hash.js';

const secret = new Uint8Array(32).map((_, index) => index * 7);
const bodyOf = (length: number) =>
	new Uint8Array(length).map((_, index) => index % 251);

test.each([0, 1, 63, 64, 65, 4096, 20_000])(
	'the hash of %i bytes is an HMAC, also after others',
	(length) => {
		const hash = bodyHasher(secret);
		const body = bodyOf(length);
		const expected = createHmac('sha256', secret).update(body).digest('hex');
		hash(new Uint8Array(length + 10).fill(9));

		expect(hash(body)).toBe(expected.slice(0, 32));
	},
);

test.each([1, 20_000, 32_768, 32_769, 100_000, 1_000_000])(
	'of %i bytes every one counts, and the secret',
	(length) => {
		const hash = bodyHasher(secret);
		const whole = hash(bodyOf(length));

		expect(whole).toMatch(/^[\da-f]{32}$/);
		expect(hash(bodyOf(length))).toBe(whole);
		expect(hash(bodyOf(length + 1))).not.toBe(whole);
		expect(bodyHasher(new Uint8Array(32))(bodyOf(length))).not.toBe(whole);
		for (const at of [0, Math.floor(length / 2), length - 1]) {
			const changed = bodyOf(length);
			changed[at]! += 1;
			expect(hash(changed)).not.toBe(whole);
		}
	},
);
