import fs from 'node:fs';
import path from 'node:path';
import {afterEach, expect, test, vi} from 'vitest';
import {compileCacheFolder} from '../source/compile-cache.js';
import {testHome} from './helpers/program.js';

afterEach(() => {
	vi.unstubAllEnvs();
});

test('compiled code has a folder of its own, and the same one again', () => {
	using place = testHome();
	vi.stubEnv('TMPDIR', place.folder);
	const folder = compileCacheFolder()!;
	expect(path.dirname(folder)).toBe(place.folder);
	expect(fs.statSync(folder).mode % 0o1000).toBe(0o700);
	expect(compileCacheFolder()).toBe(folder);
});

test('it is not used where others may write to it, nor behind a link', () => {
	using place = testHome();
	vi.stubEnv('TMPDIR', place.folder);
	const folder = compileCacheFolder()!;
	fs.chmodSync(folder, 0o770);
	expect(compileCacheFolder()).toBeUndefined();
	fs.rmdirSync(folder);
	fs.mkdirSync(place.file('other'), {mode: 0o700});
	fs.symlinkSync(place.file('other'), folder);
	expect(compileCacheFolder()).toBeUndefined();
});

test('a temporary folder that is missing is not made', () => {
	using place = testHome();
	vi.stubEnv('TMPDIR', place.file('missing/deep'));
	expect(compileCacheFolder()).toBeUndefined();
	expect(fs.readdirSync(place.folder)).toEqual([]);
});
