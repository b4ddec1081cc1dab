import process from 'node:process';
import type {Config} from '../config/config.js';
import {findHome, homeFiles, type Home} from '../config/home.js';
import {lockFiles, type LockFiles} from '../control/lock.js';
import type {Given} from './command.js';

/**
Where a command that only looks will find things.
*/
export type Sight = Readonly<{
	home: Home;
	lock: LockFiles;
	/**
	Read where it is asked for: what understands it takes long to load. Throws a UserError where the
	config is wrong.
	*/
	config(): Promise<Config>;
}>;

/**
For commands that look and do not serve: makes no folder and no file.
*/
export function look({flags}: Given): Sight {
	const home = findHome({
		flag: flags['home'] as string | undefined,
		env: process.env,
		platform: process.platform,
	});
	return {
		home,
		lock: lockFiles(homeFiles(home).state),
		async config() {
			const {loadConfig} = await import('../config/load.js');
			return loadConfig({home, env: process.env, serving: false});
		},
	};
}
