import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {UserError} from '../user-error.js';
import {variable} from './environment.js';
import {keepPrivate, refuseIfOthersCanWrite} from './permissions.js';

/**
The folders of one Tollgate: absolute paths.
*/
export type Home = Readonly<{
	/**
	Holds the user's config.
	*/
	config: string;
	/**
	Holds the log and what a running passthrough leaves.
	*/
	data: string;
	/**
	Both are one folder.
	*/
	single: boolean;
}>;

/**
The home that `--home` or `TOLLGATE_HOME` name, else the system's usual folders: XDG's on Linux,
Application Support on macOS. Touches no file.
*/
export function findHome({
	flag,
	env,
	platform,
}: {
	flag?: string | undefined;
	env: NodeJS.ProcessEnv;
	platform: NodeJS.Platform;
}): Home {
	if (platform === 'win32') {
		throw new UserError(
			'Tollgate does not run on Windows itself.',
			'It runs in WSL, the Windows Subsystem for Linux.',
			{exitCode: 2},
		);
	}

	if (flag === '') {
		throw new UserError('--home names no folder.', 'Write --home DIR.', {
			exitCode: 2,
		});
	}

	const named = flag ?? variable(env, 'TOLLGATE_HOME');
	return named === undefined
		? usualHome(env, platform)
		: oneFolder(path.resolve(named));
}

/**
The command that shows the home with this data folder: the usual one has no name.
*/
export const commandFor = (
	data: string,
	env: NodeJS.ProcessEnv,
	platform: NodeJS.Platform,
): string =>
	usualHome(env, platform).data === data
		? 'tollgate, without --home and TOLLGATE_HOME'
		: `tollgate --home ${data}`;

/**
The files of a home by what they hold.
*/
export const homeFiles = (home: Home) =>
	({
		config: path.join(home.config, 'config.toml'),
		/**
		Where `server.log` says nothing else.
		*/
		log: path.join(home.data, 'usage.db'),
		crashLog: path.join(home.data, 'crash.log'),
		/**
		A file by which processes of this home know of each other, e.g. `passthrough.lock`.
		*/
		state: (name: string) => path.join(home.data, name),
	}) as const;

/**
What a home may hold besides its config.
*/
const ownFiles = [
	'passthrough.lock',
	'passthrough.json',
	'body.key',
	'crash.log',
	'crash.log.old',
	'run.lock',
	'run.started',
];

/**
Makes the folders that are missing, for the user alone (0700), and takes from others what they may read
of those that are there and of our files in them (0600). Throws a UserError when others can write to a
folder, or to the config in it, when something is another user's, or when a folder cannot be made.
*/
export function prepareHome(home: Home): void {
	for (const folder of new Set([home.config, home.data])) {
		makeFolder(folder);
	}

	const {config, log, state} = homeFiles(home);
	const stats = fs.statSync(config, {throwIfNoEntry: false});
	if (stats !== undefined) {
		refuseIfOthersCanWrite(config, stats);
		keepConfigPrivate(config);
	}

	for (const name of ownFiles) {
		keepPrivate(state(name));
	}

	keepLogPrivate(log);
}

/**
The same for a usage log and what SQLite puts beside it, wherever that is.
*/
export function keepLogPrivate(log: string): void {
	for (const end of ['', '-wal', '-shm']) {
		keepPrivate(log + end);
	}
}

/**
It names secrets and holds none. Behind a link it is kept with other files, in rights of their own.
*/
function keepConfigPrivate(config: string): void {
	if (fs.lstatSync(config).isSymbolicLink()) {
		return;
	}

	try {
		keepPrivate(config);
	} catch {
		// Of a system that is read only, say.
	}
}

function usualHome(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): Home {
	const user = variable(env, 'HOME') ?? os.homedir();
	if (platform === 'darwin') {
		return oneFolder(
			path.join(user, 'Library', 'Application Support', 'tollgate'),
		);
	}

	const config =
		xdgFolder(env['XDG_CONFIG_HOME']) ?? path.join(user, '.config');
	const data =
		xdgFolder(env['XDG_DATA_HOME']) ?? path.join(user, '.local', 'share');
	return {
		config: path.join(config, 'tollgate'),
		data: path.join(data, 'tollgate'),
		single: config === data,
	};
}

// Relative ones are to be ignored: https://specifications.freedesktop.org/basedir-spec/latest/
const xdgFolder = (folder: string | undefined): string | undefined =>
	folder !== undefined && path.isAbsolute(folder) ? folder : undefined;

const oneFolder = (folder: string): Home => ({
	config: folder,
	data: folder,
	single: true,
});

function makeFolder(folder: string): void {
	try {
		fs.mkdirSync(folder, {recursive: true, mode: 0o700});
	} catch (error) {
		throw new UserError(
			`The folder ${folder} cannot be made (${(error as NodeJS.ErrnoException).code}).`,
			'Make it yourself, or name another with --home DIR.',
			{cause: error},
		);
	}

	refuseIfOthersCanWrite(folder, fs.statSync(folder));
	// Who names it as home still lets others in where they were.
	if (path.relative(folder, os.homedir()).startsWith('..')) {
		keepPrivate(folder);
	}
}
