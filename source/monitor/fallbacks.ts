import type {Attempt, Exchange, Live} from '../exchange/exchange.js';
import {isOpen} from './row-state.js';

/**
How many targets an exchange has left behind. Its row says so only at the end; until then its tries do.
*/
export function fallbacksOf(
	exchange: Exchange,
	live: Live | undefined,
	attempts: ReadonlyMap<number, Attempt>,
): number {
	const made = live?.attempts ?? exchange.attempts ?? 0;
	if (!isOpen(exchange) || exchange.fallbacks !== null || made < 2) {
		return exchange.fallbacks ?? 0;
	}

	const targets = new Set([targetOf(exchange)]);
	for (const attempt of attempts.values()) {
		if (attempt.exchange === exchange.id && attempt.sentModel !== null) {
			targets.add(targetOf(attempt));
		}
	}

	return targets.size - 1;
}

const targetOf = ({
	endpoint,
	sentModel,
}: Pick<Exchange, 'endpoint' | 'sentModel'>) => `${endpoint}/${sentModel}`;
