import process from 'node:process';
import {collectGarbage} from '../collect-garbage.js';

const lookMs = 60_000;
/**
What has come since the last collection is worth one: it takes as long as a dozen frames.
*/
const worthwhileBytes = 12 * 1024 * 1024;

/**
Gives memory back while a monitor runs. Left alone, V8 keeps the garbage of some thousand frames before it looks
at it, for one who draws a few of them a second.
*/
export function keepHeapLean(): void {
	let leanest = 0;
	const look = () => {
		if (!(process.memoryUsage.rss() - leanest > worthwhileBytes)) {
			return;
		}

		collectGarbage('last-resort');
		leanest = process.memoryUsage.rss();
	};

	setInterval(look, lookMs).unref();
}
