import process from 'node:process';
import {expect, test} from 'vitest';
import {findPassthrough} from '../../source/control/find-passthrough.js';
import {lockFiles, takeLock} from '../../source/control/lock.js';
import {startTollgate} from '../helpers/passthrough.js';
import {testHome} from '../helpers/program.js';

test('one that answers under its own name serves', async () => {
	using home = testHome();
	await using running = await startTollgate({});
	const files = lockFiles(home.file);
	const lock = takeLock(files)!;
	expect(await findPassthrough(files)).toEqual({
		kind: 'silent',
		holder: undefined,
	});
	const holder = {
		instance: running.passthrough.instance,
		pid: process.pid,
		url: running.url,
		startedAt: 1,
		log: running.log,
	};
	lock.announce(holder);
	expect(await findPassthrough(files)).toMatchObject({
		kind: 'serving',
		holder,
		identity: {instance: holder.instance, state: 'serving'},
	});

	lock.announce({...holder, instance: 'another'});
	expect(await findPassthrough(files)).toMatchObject({kind: 'silent'});
	lock.announce({...holder, url: 'http://127.0.0.1:1'});
	expect(await findPassthrough(files)).toMatchObject({kind: 'silent'});
	await running.drain();
	lock.announce(holder);
	expect(await findPassthrough(files)).toEqual({kind: 'leaving', holder});
	lock.release();
	expect(await findPassthrough(files)).toEqual({kind: 'none'});
});
