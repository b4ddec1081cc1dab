import fs from 'node:fs';
import process from 'node:process';
import {loadConfig} from '../config/load.js';
import {
	findHome,
	homeFiles,
	keepLogPrivate,
	prepareHome,
	type Home,
} from '../config/home.js';
import type {Config} from '../config/config.js';
import {freshBytes} from '../fresh-random.js';
import type {Given} from './command.js';
import {isRealModel} from './real-model.js';

export type SettingOut = Readonly<{
	home: Home;
	files: ReturnType<typeof homeFiles>;
	config: Config;
}>;

/**
What nearly every command begins with: the home, made ready, and the config in force.
*/
export function setOut(
	{flags}: Given,
	{serving = false, port}: {serving?: boolean; port?: number | undefined} = {},
): SettingOut {
	const home = findHome({
		flag: flags['home'] as string | undefined,
		env: process.env,
		platform: process.platform,
	});
	prepareHome(home);
	const config = loadConfig({
		home,
		env: process.env,
		flags: {port},
		serving,
		isModel: isRealModel,
	});
	keepLogPrivate(config.server.log);
	return {home, files: homeFiles(home), config};
}

const keyBytes = 32;

/**
The secret that keys the hashes of bodies. Made once for a home, by whoever holds its lock; made anew
where a full disk has left a part of one.
*/
export function hashKeyOf(file: string): Uint8Array {
	const kept = fs.existsSync(file) ? fs.readFileSync(file) : undefined;
	if (kept?.length === keyBytes) {
		return kept;
	}

	const key = freshBytes(keyBytes);
	fs.writeFileSync(file, key, {mode: 0o600});
	return key;
}
