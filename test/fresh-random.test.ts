import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {expect, test} from 'vitest';
import {freshBytes, freshId} from '../source/fresh-random.js';

test('bytes are as many as were asked for, and others each time', () => {
	const [one, other] = [freshBytes(32), freshBytes(32)];
	expect(one).toHaveLength(32);
	expect(other).not.toEqual(one);
	expect(new Set(freshBytes(256)).size).toBeGreaterThan(100);
});

test('ids are random UUIDs', () => {
	const ids = Array.from({length: 200}, () => freshId());
	for (const id of ids) {
		expect(id).toMatch(
			/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/v,
		);
	}

	expect(new Set(ids).size).toBe(ids.length);
});

test('what is no device of the system is not trusted', () => {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tollgate-random-'));
	const planted = path.join(folder, 'urandom');
	fs.writeFileSync(planted, new Uint8Array(300).fill(7));
	try {
		for (const device of [planted, path.join(folder, 'missing'), '/dev/null']) {
			const bytes = freshBytes(32, {device});
			expect(bytes).toHaveLength(32);
			expect(new Set(bytes).size).toBeGreaterThan(8);
		}
	} finally {
		fs.rmSync(folder, {recursive: true});
	}
});
