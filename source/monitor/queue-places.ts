import type {Entry} from './exchange-list.js';

/**
Who waits for a free slot of each endpoint, first come first.
*/
export function queuePlaces(
	entries: readonly Entry[],
): ReadonlyMap<number, Readonly<{place: number; of: number}>> {
	const queued = entries.filter(
		({state, live, exchange}) =>
			state === 'held' && (live?.holdReason ?? exchange.holdReason) === 'queue',
	);
	const places = new Map<number, {place: number; of: number}>();
	for (const [, one] of Map.groupBy(
		queued,
		({exchange}) => exchange.endpoint,
	)) {
		const inOrder = one.toSorted(
			(a, b) => waitsSince(a) - waitsSince(b) || a.exchange.id - b.exchange.id,
		);
		for (const [index, {exchange}] of inOrder.entries()) {
			places.set(exchange.id, {place: index + 1, of: inOrder.length});
		}
	}

	return places;
}

const waitsSince = ({live, exchange}: Entry): number =>
	live?.heldSince ?? exchange.startedAt ?? 0;
