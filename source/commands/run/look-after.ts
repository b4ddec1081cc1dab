import {lockFiles} from '../../control/lock.js';
import type {SettingOut} from '../setting-out.js';
import {ControlRows} from '../supervise/control-rows.js';
import type {Running} from '../supervise/kept.js';
import {logOf} from '../supervise/monitor-world.js';
import type {PassthroughChild} from '../supervise/spawn-passthrough.js';
import {PassthroughSupervisor} from '../supervise/supervisor.js';
import type {Started} from './started.js';

/**
Starts a passthrough again where it dies, as a monitor does, until the returned function is called: the agent has no
other way. One that was stopped by somebody stays stopped.
*/
export function lookAfter(
	{files, config}: SettingOut,
	{
		running,
		spawn,
		started,
	}: Readonly<{
		running: Running;
		spawn(): PassthroughChild;
		started: Started;
	}>,
): () => void {
	const lock = lockFiles(files.state);
	const rows = new ControlRows(logOf(lock, config.server.log));
	const supervisor = new PassthroughSupervisor({
		files: lock,
		crashLog: files.crashLog,
		configFile: files.config,
		spawn,
		rowOf: (instance) => rows.read().find((row) => row.instance === instance),
		found: running,
	});
	supervisor.subscribe(() => {
		const state = supervisor.current();
		if (state.kind === 'spawned') {
			started.keep(state.identity.instance);
		}
	});
	return () => {
		supervisor.close();
		rows.close();
	};
}
