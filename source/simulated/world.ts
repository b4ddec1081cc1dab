import {hash} from 'node:crypto';
import {createRateLimits} from './answer-headers.js';
import {createCounter} from './count.js';
import type {FaultPlan} from './faults.js';
import {createPromptCache} from './prompt-cache.js';
import {mixSeeds, seededRandom, type Random} from './random.js';

/**
What one simulated endpoint remembers between requests.
*/
export type World = Readonly<{
	/**
	1 is human speed, 0 no waiting at all.
	*/
	pace: number;
	faults: FaultPlan;
	apiKey: string | undefined;
	counter: ReturnType<typeof createCounter>;
	cache: ReturnType<typeof createPromptCache>;
	limits: ReturnType<typeof createRateLimits>;
	/**
	Kept while they run, and besides what is counted.
	*/
	serving: {
		open: number;
		readonly others: {countTokens: number; models: number; unknown: number};
	};
	/**
	The chance that belongs to a request: the same request, asked for the n-th time, has the same one
	in every run, whatever runs beside it.
	*/
	chanceOf(request: string): Random;
}>;

const mostRemembered = 8192;

export function createWorld(
	settings: Pick<World, 'pace' | 'faults' | 'apiKey'> &
		Readonly<{seed: number}>,
): World {
	const asked = new Map<number, number>();
	return {
		...settings,
		counter: createCounter(),
		cache: createPromptCache(),
		limits: createRateLimits(Date.now),
		serving: {open: 0, others: {countTokens: 0, models: 0, unknown: 0}},
		chanceOf(request) {
			const digest = hash('sha1', request, 'buffer').readUInt32LE(0);
			const times = (asked.get(digest) ?? 0) + 1;
			asked.delete(digest);
			asked.set(digest, times);
			if (asked.size > mostRemembered) {
				asked.delete(asked.keys().next().value!);
			}

			return seededRandom(mixSeeds(settings.seed, digest, times));
		},
	};
}
