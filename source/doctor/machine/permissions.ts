import fs from 'node:fs';
import {homeFiles} from '../../config/home.js';
import {quoteForShell, writableByOthers} from '../../config/permissions.js';
import {bad, ok, type MachineCheck, type Remark} from './remark.js';
import type {Scene} from './scene.js';

/**
The config is looked at when it is read.
*/
export const permissionsCheck: MachineCheck = {
	check: 'permissions',
	look(scene) {
		const remarks = pathsOf(scene).flatMap((path) => wrongWith(path, scene));
		return remarks.length === 0
			? [ok('Nobody else can write to what is yours.')]
			: remarks;
	},
};

function pathsOf({home, config}: Scene): readonly string[] {
	const {log, crashLog, state} = homeFiles(home);
	return [
		home.data,
		config?.server.log ?? log,
		crashLog,
		state('body.key'),
		state('passthrough.lock'),
	];
}

function wrongWith(path: string, {uid}: Scene): readonly Remark[] {
	const stats = statsOf(path);
	const danger = stats && writableByOthers(stats, uid ?? stats.uid);
	return danger === undefined
		? []
		: [
				bad(
					`${path} is not safe: ${danger.why}.`,
					`Run: ${danger.command} ${quoteForShell(path)}`,
				),
			];
}

function statsOf(path: string): fs.Stats | undefined {
	try {
		return fs.statSync(path, {throwIfNoEntry: false});
	} catch {
		// In a folder that cannot be looked into: those who open it say so.
		return undefined;
	}
}
