import {expect, test} from 'vitest';
import type {KeyConfig} from '../../source/config/config.js';
import {
	hashOf,
	isLocalKey,
	keyOf,
	newSecret,
} from '../../source/config/local-keys.js';
import {load} from './load.js';

const withHash = (...pairs: ReadonlyArray<[string, string?]>) =>
	load(
		pairs
			.map(
				([name, hash]) =>
					`[keys.${name}]\n${hash === undefined ? '' : `hash = "${hash}"\n`}`,
			)
			.join(''),
	).keys;

test('a secret opens the key it was made for, and no other', () => {
	const [ci, desk] = [newSecret('ci'), newSecret('desk')];
	const keys = withHash(['bare'], ['ci', hashOf(ci)], ['desk', hashOf(desk)]);
	expect(keyOf(ci, keys)?.name).toBe('ci');
	expect(keyOf(desk, keys)?.name).toBe('desk');
	for (const stranger of ['', 'ci', newSecret('ci'), `${ci} `, hashOf(ci)]) {
		expect(keyOf(stranger, keys)).toBeUndefined();
	}
});

test('without a hash nothing opens a key', () => {
	const keys: readonly KeyConfig[] = withHash(['bare']);
	expect(keyOf('', keys)).toBeUndefined();
	expect(keyOf(newSecret('bare'), keys)).toBeUndefined();
});

test('secrets are never the same, and the hash says nothing of them', () => {
	const secrets = Array.from({length: 100}, () => newSecret('ci'));
	expect(new Set(secrets).size).toBe(100);
	for (const secret of secrets) {
		expect(secret).toMatch(/^tollgate_ci_[\w\-]{43}$/v);
		expect(hashOf(secret)).toMatch(/^sha256:[\da-f]{64}$/v);
	}

	// SHA-256 of `abc`, from its standard (FIPS 180-4, the examples).
	expect(hashOf('abc')).toBe(
		'sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
	);
});

test.for<[string, boolean]>([
	[newSecret('ci'), true],
	[newSecret('a_b-7'), true],
	[newSecret('a'.repeat(32)), true],
	[newSecret('a'.repeat(33)), true],
	[newSecret('CI'), false],
	// Without a name; what follows at random might look like one.
	[`tollgate_${'Ab'.repeat(21)}c`, false],
	[`${newSecret('ci')}=`, true],
	[` ${newSecret('ci')}`, false],
	['sk-ant-api03-abc', false],
	['tollgate_ci_short', true],
	[`"${newSecret('ci')}"`, true],
])('whether %s is meant as a local key: %s', ([text, expected]) => {
	expect(isLocalKey(text)).toBe(expected);
});
