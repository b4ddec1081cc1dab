import {spawn} from 'node:child_process';
import process from 'node:process';

/**
How a command ended. `output` is what it printed on stdout; what it said on stderr is dropped.
*/
export type CommandResult =
	| Readonly<{kind: 'exited'; code: number; output: string}>
	| Readonly<{kind: 'killed'; signal: string}>
	| Readonly<{kind: 'timed-out'; afterMs: number}>
	| Readonly<{kind: 'too-long'}>
	| Readonly<{kind: 'not-started'; code: string | undefined}>;
export type RunCommand = (command: string) => Promise<CommandResult>;

/**
Key files are a line; what prints more than this is not one.
*/
const longestOutput = 64 * 1024;

/**
Runs commands with the user's shell (`/bin/sh -c`). Those that take longer are killed, and those that
run when `signal` says that nobody wants to know any more.
*/
export const inShell =
	({
		env,
		timeoutMs = 10_000,
		signal,
	}: {
		env: NodeJS.ProcessEnv;
		timeoutMs?: number;
		signal?: AbortSignal;
	}): RunCommand =>
	async (command) =>
		new Promise((resolve) => {
			if (signal?.aborted) {
				resolve({kind: 'killed', signal: 'SIGKILL'});
				return;
			}

			// A group of its own, so that what the shell has started can be ended with it.
			const child = spawn(command, {
				shell: true,
				env,
				detached: true,
				stdio: ['ignore', 'pipe', 'ignore'],
			});
			const finish = (result: CommandResult) => {
				clearTimeout(timer);
				signal?.removeEventListener('abort', stop);
				child.stdout.destroy();
				resolve(result);
			};

			const giveUp = (result: CommandResult) => {
				endGroup(child.pid);
				finish(result);
			};

			const stop = () => {
				giveUp({kind: 'killed', signal: 'SIGKILL'});
			};

			signal?.addEventListener('abort', stop, {once: true});
			const timer = setTimeout(giveUp, timeoutMs, {
				kind: 'timed-out',
				afterMs: timeoutMs,
			});
			let output = '';
			child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
				output += chunk;
				if (output.length > longestOutput) {
					giveUp({kind: 'too-long'});
				}
			});
			child.on('error', (error: NodeJS.ErrnoException) => {
				finish({kind: 'not-started', code: error.code});
			});
			child.on('close', (code, killedBy) => {
				finish(
					code === null
						? {kind: 'killed', signal: String(killedBy)}
						: {kind: 'exited', code, output},
				);
			});
		});

function endGroup(pid: number | undefined): void {
	try {
		process.kill(-pid!, 'SIGKILL');
	} catch {
		// It has ended by itself meanwhile.
	}
}
