import type {Model} from './model.js';
import {oncePerModel} from './once-per-model.js';
import {isOpen} from './row-state.js';

/**
So many ended ones are kept at least where there are more: what began before them is not known.
*/
const keptAtLeast = 500;

/**
From when on every exchange that has ended is held, in epoch milliseconds; 0 where all are.
*/
export const knownSinceMs = oncePerModel(({exchanges}: Model): number => {
	let count = 0;
	let first = Infinity;
	for (const exchange of exchanges.values()) {
		if (isOpen(exchange) || exchange.endedAt === null) {
			continue;
		}

		count++;
		first = Math.min(first, exchange.endedAt);
	}

	return count < keptAtLeast ? 0 : first;
});
