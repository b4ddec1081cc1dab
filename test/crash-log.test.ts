import fs from 'node:fs';
import {expect, test} from 'vitest';
import {keepTrace} from '../source/crash-log.js';
import {testHome} from './helpers/program.js';

const crash = new Error('It broke.');

test('where a bug came from is kept for the eyes of the user only', () => {
	using home = testHome();
	const file = home.file('crash.log');
	fs.writeFileSync(file, 'before\n');
	fs.chmodSync(file, 0o644);

	expect(keepTrace(crash, ['--home', home.folder])).toEqual({
		kind: 'kept',
		file,
	});
	expect(fs.readFileSync(file, 'utf8')).toMatch(
		/^before\n\d{4}-\S+ Error: It broke\.\n/v,
	);
	expect((fs.statSync(file).mode % 0o1000).toString(8)).toBe('600');
});

test('nothing is written where others could have laid a link', () => {
	using home = testHome();
	fs.chmodSync(home.folder, 0o777);
	fs.symlinkSync(home.file('victim'), home.file('crash.log'));

	expect(keepTrace(crash, [`--home=${home.folder}`])).toEqual({
		kind: 'lost',
		trace: expect.stringContaining('It broke.') as string,
	});
	expect(fs.existsSync(home.file('victim'))).toBe(false);
});
