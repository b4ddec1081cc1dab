import {spawnSync, type ChildProcess} from 'node:child_process';
import fs from 'node:fs';
import process from 'node:process';
import {setTimeout as delay} from 'node:timers/promises';

/**
Where the system tells by a file, and where a program has to be asked.
*/
const lookMs = process.platform === 'linux' ? 250 : 1000;

/**
Stops us when our child has stopped itself, as many do at ctrl-z: the shell watches us alone, and would never take
the terminal back. Goes on until it is told to end.
*/
export async function stopAlong(
	child: ChildProcess,
	over: AbortSignal,
): Promise<void> {
	while (!over.aborted) {
		if (hasStopped(child.pid!)) {
			process.kill(process.pid, 'SIGSTOP');
			// Here the shell has let us go on, and our child with us.
			child.kill('SIGCONT');
		}

		// eslint-disable-next-line no-await-in-loop -- Looked for: nobody tells us.
		await delay(lookMs, undefined, {ref: false});
	}
}

function hasStopped(pid: number): boolean {
	try {
		return stateOf(pid).startsWith('T');
	} catch {
		// It has ended.
		return false;
	}
}

function stateOf(pid: number): string {
	if (process.platform === 'linux') {
		const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
		// The name before it may hold anything.
		return stat.slice(stat.lastIndexOf(')') + 2);
	}

	const {stdout} = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], {
		encoding: 'utf8',
	});
	return stdout.trim();
}
