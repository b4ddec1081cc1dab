import process from 'node:process';
import type {Config} from '../config/config.js';
import {findHome, homeFiles, type Home} from '../config/home.js';
import {loadConfig} from '../config/load.js';
import {lockFiles, type LockFiles} from '../control/lock.js';
import type {Given} from './command.js';

/**
Where a command that only looks will find things.
*/
export type Sight = Readonly<{
	home: Home;
	lock: LockFiles;
	/**
	Throws a UserError where the config is wrong: only for those who need it.
	*/
	config(): Config;
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
		config: () => loadConfig({home, env: process.env, serving: false}),
	};
}
