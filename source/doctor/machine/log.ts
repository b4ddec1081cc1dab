import fs from 'node:fs';
import path from 'node:path';
import type Database from 'better-sqlite3';
import {cleanName} from '../../exchange/clean.js';
import {showDuration} from '../../exchange/show.js';
import {homeFiles} from '../../config/home.js';
import {quoteForShell} from '../../config/permissions.js';
import {logErrorInWords} from '../../usage-log/log-errors.js';
import {refuseForeign} from '../../usage-log/open-foreign.js';
import {openLogReadonly} from '../../usage-log/open-readonly.js';
import {bad, ok, type MachineCheck, type Remark} from './remark.js';
import type {Scene} from './scene.js';

export const logCheck: MachineCheck = {
	check: 'log',
	look(scene) {
		const file = logOf(scene);
		const unwritable = whyUnwritable(file);
		if (unwritable !== undefined) {
			return [unwritable];
		}

		return [
			ok(
				fs.existsSync(file)
					? `${file} can be written; ${lastRequest(file, scene)}.`
					: `There is none yet; it begins with the first start: ${file}`,
			),
		];
	},
};

export const logOf = ({config, home}: Pick<Scene, 'config' | 'home'>): string =>
	config?.server.log ?? homeFiles(home).log;

/**
The nearest folder above a file that is there.
*/
export function folderOf(file: string): string {
	let folder = path.dirname(file);
	while (!fs.existsSync(folder) && folder !== path.dirname(folder)) {
		folder = path.dirname(folder);
	}

	return folder;
}

function whyUnwritable(file: string): Remark | undefined {
	const folder = folderOf(file);
	const isMade = folder === path.dirname(file);
	if (isMade && fs.statSync(file, {throwIfNoEntry: false})?.isDirectory()) {
		return bad(
			`The usage log is a folder: ${file}`,
			'Name a file with log in [server].',
		);
	}

	// SQLite puts two more files beside it, so its folder counts as well.
	const denied = [folder, file, `${file}-wal`, `${file}-shm`].find(
		(one) => fs.existsSync(one) && !mayWrite(one),
	);
	return denied === undefined
		? undefined
		: bad(
				denied === folder
					? `The folder of the usage log cannot be written: ${folder}`
					: `The usage log cannot be written: ${denied}`,
				`Run: chmod u+w ${quoteForShell(denied)}; where it is not yours, name another place with log in [server].`,
			);
}

function mayWrite(file: string): boolean {
	try {
		fs.accessSync(file, fs.constants.W_OK);
		return true;
	} catch {
		// It says no by throwing.
		return false;
	}
}

function lastRequest(file: string, scene: Scene): string {
	try {
		using opened = openLogReadonly(file);
		refuseForeign(opened.db, file);
		return inWords(readLast(opened.db), scene);
	} catch (error) {
		throw logErrorInWords(error, file);
	}
}

type Last = Readonly<{startedAt: number; client: string | null}>;

const readLast = (db: Database.Database): Last | undefined =>
	db
		.prepare('SELECT startedAt, client FROM exchanges ORDER BY id DESC LIMIT 1')
		.get() as Last | undefined;

function inWords(last: Last | undefined, {now}: Scene): string {
	if (last === undefined) {
		return 'no request has come yet';
	}

	const ago = Math.max(0, now() - last.startedAt);
	return `the last request came ${showDuration(ago)} ago${last.client === null ? '' : `, from ${cleanName(last.client)}`}`;
}
