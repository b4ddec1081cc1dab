import process from 'node:process';
import {refuseLoop} from '../../config/loop.js';
import {lockFiles} from '../../control/lock.js';
import {UserError} from '../../user-error.js';
import type {SettingOut} from '../setting-out.js';
import {begin, type Begun} from '../supervise/begin.js';
import {createBell} from '../supervise/bell.js';
import type {Running} from '../supervise/kept.js';
import {reasonOf} from '../supervise/restart.js';
import {spawnPassthrough} from '../supervise/spawn-passthrough.js';
import {letCome, letGo} from './let-go.js';
import {lookAfter} from './look-after.js';
import {takePart} from './runs.js';
import {startedIn} from './started.js';

export type Taken = Readonly<{
	running: Running;
	/**
	Stops the passthrough where a run has started it, and neither another run nor a monitor is there, nor one to come:
	`paneOpenedAt` says when one was opened, in epoch milliseconds.
	*/
	leave(paneOpenedAt?: number): Promise<void>;
}>;

/**
Joins the passthrough of a home, or starts one, and starts it again where it dies. Throws a UserError where none can
serve: then nothing may be run.
*/
export async function takePassthrough(start: SettingOut): Promise<Taken> {
	const {home, files, config} = start;
	const lock = lockFiles(files.state);
	const started = startedIn(files.state('run.started'));
	const part = takePart(files.state('run.lock'));
	const leave = async () => part.leave(async () => letGo(lock, started));
	const spawn = () =>
		spawnPassthrough({
			program: process.argv[1]!,
			home,
			crashLog: files.crashLog,
			env: process.env,
			detached: true,
		});
	try {
		const {kind, running} = keptOf(
			await begin({
				files: lock,
				bell: createBell(),
				isClosed: () => false,
				spawn() {
					refuseLoop(config, {port: config.server.port, env: process.env});
					return spawn();
				},
			}),
		);
		if (kind === 'spawned') {
			started.keep(running.holder.instance);
		}

		refuseUnrecorded(running);
		const close = lookAfter(start, {running, spawn, started});
		return {
			running,
			async leave(paneOpenedAt) {
				close();
				// While we still take part: another run need not stand still for it.
				if (paneOpenedAt !== undefined) {
					await letCome(lock, started, paneOpenedAt);
				}

				await leave();
			},
		};
	} catch (error) {
		await leave();
		throw error;
	}
}

function keptOf(begun: Begun) {
	switch (begun.kind) {
		case 'kept': {
			return begun.kept;
		}

		case 'failed': {
			throw new UserError(
				`The passthrough cannot serve, so nothing was run: ${reasonOf(begun.end)}`,
				'Unmeasured, it will not be run. What is in force, or wrong: tollgate config check',
				{exitCode: begun.end.code === 2 ? 2 : 1},
			);
		}

		case 'occupied': {
			throw new UserError(
				`No passthrough serves, so nothing was run: ${begun.reason}.`,
				'Wait a moment and try again; what runs: tollgate status',
			);
		}

		case 'closed': {
			throw new Error('It is never closed.');
		}
	}
}

function refuseUnrecorded({identity}: Running): void {
	if (!identity.recording) {
		throw new UserError(
			`The passthrough cannot write its log, so nothing was run: ${identity.notRecordingReason ?? 'not known why'}.`,
			'Unmeasured, it will not be run. What is known: tollgate status',
		);
	}
}
