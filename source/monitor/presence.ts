import {randomUUID} from 'node:crypto';
import process from 'node:process';
import type {MonitorWorld} from './world.js';

const beatMs = 5000;
/**
Until it is tried again where it could not be written: there is no log yet, or another one writes.
*/
const againMs = 1000;

/**
Says beside the log that a monitor is there, until the returned function is called or the process ends.
That it cannot be said is no trouble for who looks: then nobody is taken to be there.
*/
export function announcePresence(
	world: Pick<MonitorWorld, 'announce' | 'leave' | 'now'>,
	mayDecide: boolean,
): () => void {
	const id = randomUUID();
	let timer: NodeJS.Timeout | undefined;
	const beat = () => {
		let soonMs = beatMs;
		try {
			world.announce?.({id, heartbeatAt: world.now(), mayDecide});
		} catch {
			soonMs = againMs;
		}

		timer = setTimeout(beat, soonMs);
		timer.unref();
	};

	const leave = () => {
		clearTimeout(timer);
		process.off('exit', leave);
		try {
			world.leave?.(id);
		} catch {
			// Who does not hear from it takes it to be gone.
		}
	};

	process.on('exit', leave);
	beat();
	return leave;
}
