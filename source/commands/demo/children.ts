import process from 'node:process';
import {setTimeout as delay} from 'node:timers/promises';
import type {PassthroughChild} from '../supervise/spawn-passthrough.js';

const patienceMs = 5000;

/**
Asks children to leave, and ends those that do not. Settles when they are gone.
*/
export async function stopAll(
	children: readonly PassthroughChild[],
): Promise<void> {
	const ended = Promise.all(children.map(async (child) => child.ended));
	signalAll(children, 'SIGTERM');
	const patience = new AbortController();
	await Promise.race([
		ended,
		delay(patienceMs, undefined, {signal: patience.signal}).catch(() => {
			// They were quicker.
		}),
	]);
	patience.abort();
	signalAll(children, 'SIGKILL');
	await ended;
}

/**
For when there is no time left to wait.
*/
export function killAll(children: readonly PassthroughChild[]): void {
	signalAll(children, 'SIGKILL');
}

function signalAll(
	children: readonly PassthroughChild[],
	signal: NodeJS.Signals,
): void {
	for (const {pid} of children) {
		try {
			if (pid !== undefined) {
				process.kill(pid, signal);
			}
		} catch {
			// It has just gone by itself.
		}
	}
}
