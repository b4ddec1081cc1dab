import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import type {Home} from '../../config/home.js';
import {machineZone} from '../../machine-zone.js';
import {version} from '../../version.js';

/**
The machine as the local checks see it. Whoever asks them names another one.
*/
export type Place = Readonly<{
	home: Home;
	env: NodeJS.ProcessEnv;
	platform: NodeJS.Platform;
	/**
	`24.11.0`
	*/
	nodeVersion: string;
	/**
	Of this program.
	*/
	version: string;
	/**
	The folder an agent would be started in.
	*/
	cwd: string;
	/**
	The user's own home folder.
	*/
	userHome: string;
	/**
	Of the user, where the system has such numbers.
	*/
	uid: number | undefined;
	/**
	Epoch milliseconds.
	*/
	now(): number;
	/**
	What an endpoint's `date` header said, and when it came, epoch milliseconds.
	*/
	endpointClock?: Readonly<{saidMs: number; atMs: number}> | undefined;
	/**
	The IANA name of the zone of this process, whether it is known or not.
	*/
	zone: string;
	/**
	Whether a name is that of a real model, which no alias may have.
	*/
	isModel(name: string): boolean;
	/**
	The text of a file; undefined where there is none. Throws what the system says of one that cannot be read.
	*/
	readFile(file: string): string | undefined;
	/**
	Bytes that the user may still write to the disk of a folder; undefined where that is not told.
	*/
	freeBytes(folder: string): number | undefined;
	/**
	Where Linux tells of processes; undefined elsewhere.
	*/
	processes: string | undefined;
	/**
	The folder of Claude Code's managed settings.
	*/
	managedSettings: string;
}>;

/**
This very machine, for a home. What is given counts before what is found out.
*/
export function thisPlace(
	given: Pick<Place, 'home' | 'isModel'> & Partial<Place>,
): Place {
	const {platform} = process;
	return {
		env: process.env,
		platform,
		nodeVersion: process.versions.node,
		version,
		cwd: process.cwd(),
		userHome: os.homedir(),
		uid: process.getuid?.(),
		now: Date.now,
		zone: machineZone(),
		readFile: textOf,
		freeBytes,
		processes: platform === 'linux' ? '/proc' : undefined,
		managedSettings:
			platform === 'darwin'
				? '/Library/Application Support/ClaudeCode'
				: '/etc/claude-code',
		...given,
	};
}

/**
A path as people write it: what is below their own home begins with `~`.
*/
export const tilde = (
	file: string,
	{userHome}: Pick<Place, 'userHome'>,
): string =>
	file.startsWith(userHome + path.sep)
		? `~${file.slice(userHome.length)}`
		: file;

function textOf(file: string): string | undefined {
	try {
		return fs.readFileSync(file, 'utf8');
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		if (code === 'ENOENT' || code === 'ENOTDIR') {
			return undefined;
		}

		throw error;
	}
}

function freeBytes(folder: string): number | undefined {
	try {
		const {bavail, bsize} = fs.statfsSync(folder);
		return bavail * bsize;
	} catch {
		// Not there, or on a file system that does not tell.
		return undefined;
	}
}
