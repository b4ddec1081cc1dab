/**
The known model ids most like the one that was asked for, the likest first; three at most, none where
nothing is near enough to be meant. Gateways prefix ids and differ in dots, dashes and dates, so
those count for little.
*/
export function likeModels(
	asked: string,
	known: Iterable<string>,
): readonly string[] {
	const wanted = pairsOf(asked);
	const near = [...new Set(known)]
		.filter((id) => id !== asked && id !== '')
		.map((id) => ({id, likeness: likeness(wanted, pairsOf(id))}))
		.filter((candidate) => candidate.likeness >= nearEnough)
		.toSorted(
			(one, other) =>
				other.likeness - one.likeness || one.id.length - other.id.length,
		);
	return near
		.filter((candidate) => candidate.likeness >= near[0]!.likeness - muchLess)
		.slice(0, mostNamed)
		.map(({id}) => id);
}

const nearEnough = 0.6;
/**
Beside one that is nearly the same, others are not meant.
*/
const muchLess = 0.15;
const mostNamed = 3;

/**
The pairs of neighbouring letters, and how often each is there.
*/
function pairsOf(id: string): ReadonlyMap<string, number> {
	const bare = id
		.toLowerCase()
		.replace(/\[\w+\]$/, '')
		.split('/')
		.at(-1)!
		.replace(/[-@](?:\d{8}|\d{4}-\d{2}-\d{2})$/, '')
		.replaceAll(/[._]/g, '-');
	const pairs = new Map<string, number>();
	for (let at = 0; at + 1 < bare.length; at++) {
		const pair = bare.slice(at, at + 2);
		pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
	}

	return pairs;
}

/**
Dice's coefficient: 1 where all pairs are shared, 0 where none is.
*/
function likeness(
	one: ReadonlyMap<string, number>,
	other: ReadonlyMap<string, number>,
): number {
	let shared = 0;
	for (const [pair, times] of one) {
		shared += Math.min(times, other.get(pair) ?? 0);
	}

	const all = sizeOf(one) + sizeOf(other);
	return all === 0 ? 0 : (2 * shared) / all;
}

const sizeOf = (pairs: ReadonlyMap<string, number>): number => {
	let size = 0;
	for (const times of pairs.values()) {
		size += times;
	}

	return size;
};
