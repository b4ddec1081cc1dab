import process from 'node:process';
import {refuseLoop} from '../config/loop.js';
import {findPassthrough} from '../control/find-passthrough.js';
import {lockFiles} from '../control/lock.js';
import type {MonitorOptions} from '../monitor/begin.js';
import type {SupervisorState} from '../monitor/supervisor-state.js';
import {UserError} from '../user-error.js';
import type {Given} from './command.js';
import {keepHeapLean} from './lean-heap.js';
import {sayLast} from './say-last.js';
import {setOut, type SettingOut} from './setting-out.js';
import {ControlRows} from './supervise/control-rows.js';
import type {Running} from './supervise/kept.js';
import {logOf, monitorWorld} from './supervise/monitor-world.js';
import {supervise} from './supervise/supervise.js';
import {refuseWithoutTerminal} from './terminal.js';
import {wholeFlag} from './whole-flag.js';

/**
The monitor, until it is left. Joins the passthrough of the home, or starts one that outlives it.
*/
export async function monitor(given: Given): Promise<void> {
	const {flags} = given;
	const columns = wholeFlag(flags['columns'], {
		name: 'columns',
		from: 1,
		to: 1000,
	});
	const isOnce = flags['once'] === true;
	const isPlain = flags['plain'] === true;
	refuseBoth(isOnce, isPlain);
	if (!isOnce && !isPlain) {
		refuseWithoutTerminal(
			'Use "tollgate --plain" for a line per event, "tollgate --once" for one plain frame, or "tollgate status".',
		);
	}

	const start = setOut(given);
	const here = await findPassthrough(lockFiles(start.files.state));
	const found = here.kind === 'serving' ? here : undefined;
	const ascii = flags['ascii'] === true;
	const home = flags['home'] as string | undefined;
	if (isOnce) {
		await printOnce(start, {
			found,
			columns: columns ?? process.stdout.columns ?? 80,
			ascii,
		});
	} else if (isPlain) {
		await tell(start, found, {ascii, home});
	} else {
		await watch(start, found, {
			ascii,
			home,
			readOnly: flags['readOnly'] === true,
			bindings: start.config.monitorKeys,
			notices: [],
		});
	}
}

function refuseBoth(isOnce: boolean, isPlain: boolean): void {
	if (isOnce && isPlain) {
		throw new UserError(
			'--plain tells of every event, and --once prints one frame and leaves.',
			'Leave one of them out.',
			{exitCode: 2},
		);
	}
}

async function watch(
	start: SettingOut,
	found: Running | undefined,
	options: MonitorOptions,
): Promise<void> {
	refuseOwnLoop(start, found);
	keepHeapLean();
	// It starts while the screen is loaded.
	const {world, close} = supervise(start, {found});
	try {
		const {beginMonitor} = await import('../monitor/begin.js');
		const begun = beginMonitor(world, options);
		const {runMonitor} = await import('../monitor/run-monitor.js');
		const end = await runMonitor(world, options, begun);
		process.exitCode = end.reason === 'signal' ? 130 : 0;
		sayLast(end.lastLines);
	} finally {
		close();
	}
}

function refuseOwnLoop({config}: SettingOut, found: Running | undefined): void {
	if (!found) {
		refuseLoop(config, {port: config.server.port, env: process.env});
	}
}

/**
A line for each event, until it is left by a signal or nobody reads them.
*/
async function tell(
	start: SettingOut,
	found: Running | undefined,
	{ascii, home}: Readonly<{ascii: boolean; home: string | undefined}>,
): Promise<void> {
	refuseOwnLoop(start, found);
	const {world, close} = supervise(start, {found});
	try {
		const {runPlain} = await import('../monitor/run-plain.js');
		const {needsAscii} = await import('../monitor/theme.js');
		const end = await runPlain(world, {
			ascii: ascii || needsAscii(process.env),
			home,
			stdout: process.stdout,
		});
		if (end.reason === 'signal') {
			process.exitCode = 130;
			sayLast(end.lastLines);
		}
	} finally {
		close();
	}
}

async function printOnce(
	{home, files, config}: SettingOut,
	{
		found,
		columns,
		ascii,
	}: Readonly<{found: Running | undefined; columns: number; ascii: boolean}>,
): Promise<void> {
	const {renderOnce} = await import('../monitor/render-once.js');
	const {needsAscii} = await import('../monitor/theme.js');
	const log = logOf(lockFiles(files.state), config.server.log);
	const rows = new ControlRows(log);
	const state: SupervisorState = found
		? {kind: 'joined', identity: found.identity}
		: {kind: 'down', reason: 'none is running', retryAtMs: undefined};
	const world = monitorWorld({
		home: home.data,
		log,
		rows,
		supervisor: {
			subscribe: () => () => undefined,
			current: () => state,
			stopPassthrough: async () => undefined,
		},
	});
	const frame = await renderOnce(world, {
		columns,
		ascii: ascii || needsAscii(process.env),
	});
	rows.close();
	process.stdout.write(`${frame}\n`);
}
