import process from 'node:process';
import {lockFiles} from '../../control/lock.js';
import type {MonitorWorld} from '../../monitor/world.js';
import type {SettingOut} from '../setting-out.js';
import {ControlRows} from './control-rows.js';
import type {Running} from './kept.js';
import {logOf, monitorWorld} from './monitor-world.js';
import {spawnPassthrough} from './spawn-passthrough.js';
import {PassthroughSupervisor} from './supervisor.js';

export type Supervised = Readonly<{
	world: MonitorWorld;
	supervisor: PassthroughSupervisor;
	/**
	Looks no longer. The passthrough serves on.
	*/
	close(): void;
}>;

/**
Keeps a passthrough of a home at hand, and shows the monitor its log. It is joined or started at once.
*/
export function supervise(
	{home, files, config}: Pick<SettingOut, 'home' | 'files' | 'config'>,
	{
		found,
		env = process.env,
		detached = true,
	}: Readonly<{
		found?: Running | undefined;
		env?: NodeJS.ProcessEnv;
		detached?: boolean;
	}> = {},
): Supervised {
	const lock = lockFiles(files.state);
	const log = logOf(lock, config.server.log);
	const rows = new ControlRows(log);
	const supervisor = new PassthroughSupervisor({
		files: lock,
		crashLog: files.crashLog,
		configFile: files.config,
		spawn: () =>
			spawnPassthrough({
				program: process.argv[1]!,
				home,
				crashLog: files.crashLog,
				env,
				detached,
			}),
		rowOf: (instance) => rows.read().find((row) => row.instance === instance),
		found,
	});
	return {
		world: monitorWorld({home: home.data, log, rows, supervisor}),
		supervisor,
		close() {
			supervisor.close();
			rows.close();
		},
	};
}
