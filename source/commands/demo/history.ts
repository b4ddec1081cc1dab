import {Agent} from 'node:http';
import {ask, type Errand, type Line} from '../../simulated/ask.js';
import {codingSessions} from '../../simulated/coding-session.js';
import {mixSeeds, seededRandom} from '../../simulated/random.js';

const requests = 40;
const limitedAt = 12;
const sideBySide = 6;
/**
Against human speed: fast, and yet one sees them come.
*/
const pace = 0.25;

/**
Plays through in seconds what is otherwise the work of minutes, so that there is something to see.
*/
export async function playHistory(given: {
	baseUrl: string;
	seed: number;
	signal: AbortSignal;
}): Promise<void> {
	const connections = new Agent({keepAlive: true});
	const line: Line = {...given, connections};
	const errands = pastErrands(given.seed);
	const workers = Array.from({length: sideBySide}, async () => {
		for (const errand of errands) {
			if (given.signal.aborted) {
				return;
			}

			// eslint-disable-next-line no-await-in-loop -- One after the other, several side by side.
			await ask(errand, line);
		}
	});
	await Promise.all(workers);
	connections.destroy();
}

// One iterator for all who work on it: each errand is run once.
function* pastErrands(seed: number): Generator<Errand, void> {
	const random = seededRandom(mixSeeds(seed, requests));
	let left = requests;
	for (const errand of codingSessions({random, apiKey: 'simulated', pace: 0})) {
		if (errand.format === undefined) {
			continue;
		}

		if (left-- === 0) {
			return;
		}

		// One, so that it is seen what that looks like; more would have everything wait.
		const mishap = left === limitedAt ? '429; retry-after=4; ' : '';
		const wish = errand.headers['x-simulate'] ?? mishap;
		yield {
			...errand,
			headers: {...errand.headers, 'x-simulate': `${wish}; pace=${pace}`},
		};
	}
}
