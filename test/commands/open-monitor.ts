import {spawnSync} from 'node:child_process';
import process from 'node:process';
import path from 'node:path';
import {expect} from 'vitest';
import {askIdentity} from '../../source/control/identity.js';
import {lockFiles, readHolder, type Holder} from '../../source/control/lock.js';
import {program} from '../helpers/program.js';
import {Terminal} from '../helpers/terminal.js';

type Size = ConstructorParameters<typeof Terminal>[1];

/**
The program in a terminal; killed with the test if it still runs.
*/
export function openProgram(
	args: readonly string[],
	size: Size = {},
): Terminal & AsyncDisposable {
	const terminal = new Terminal([program, ...args], size);
	return Object.assign(terminal, {
		async [Symbol.asyncDispose]() {
			kill(terminal.pid, 'SIGKILL');
			await terminal.exited;
		},
	});
}

/**
The monitor of a home, in a terminal. Neither it nor the passthrough outlives the test.
*/
export function openMonitor(
	home: string,
	{args = [], ...size}: Size & Readonly<{args?: readonly string[]}> = {},
): Terminal & AsyncDisposable {
	const terminal = openProgram(['--home', home, ...args], {
		columns: 100,
		...size,
	});
	return Object.assign(terminal, {
		async [Symbol.asyncDispose]() {
			kill(terminal.pid, 'SIGKILL');
			await terminal.exited;
			const holder = holderOf(home);
			if (holder) {
				kill(holder.pid, 'SIGKILL');
			}
		},
	});
}

export const isLive = (text: string): boolean => text.includes('LIVE');

export const holderOf = (home: string): Holder | undefined =>
	readHolder(lockFiles((name) => path.join(home, name)));

/**
Whether the passthrough of a home answers under the name it left there.
*/
export async function serves(home: string): Promise<boolean> {
	const holder = holderOf(home);
	const identity = holder && (await askIdentity(holder.url));
	return identity !== undefined && identity.instance === holder?.instance;
}

/**
The normal screen is back, and the cursor can be seen.
*/
export function expectRestored(terminal: Terminal): void {
	const written = terminal.raw.join('');
	expect(terminal.isAlternate).toBe(false);
	expect(written).toContain('\u{1B}[?1049h');
	expect(written.lastIndexOf('\u{1B}[?25h')).toBeGreaterThan(
		written.lastIndexOf('\u{1B}[?25l'),
	);
}

export function kill(pid: number, signal: NodeJS.Signals): void {
	try {
		process.kill(pid, signal);
	} catch {
		// It is gone already.
	}
}

/**
Whether a process has ended, asked for by its parent or not.
*/
export function isGone(pid: number): boolean {
	const {status, stdout} = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)]);
	return status !== 0 || String(stdout).startsWith('Z');
}
