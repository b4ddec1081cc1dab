import type {Flow} from './output-flows.js';

/**
A value for each of some spans of time that follow each other, the oldest first.
*/
export type Buckets = Readonly<{
	values: readonly number[];
	/**
	When the first begins.
	*/
	beginMs: number;
	add(atMs: number, amount: number): void;
	spread(flow: Flow): void;
}>;

/**
`cells` spans of `bucketMs`; the last holds `nowMs`.
*/
export function bucketsUntil(
	nowMs: number,
	{cells, bucketMs}: {cells: number; bucketMs: number},
): Buckets {
	// Edges at whole multiples: the line moves a cell at a time instead of flickering.
	const endMs = (Math.floor(nowMs / bucketMs) + 1) * bucketMs;
	const beginMs = endMs - cells * bucketMs;
	const values = Array.from({length: cells}, () => 0);
	const add = (atMs: number, amount: number) => {
		const at = Math.floor((atMs - beginMs) / bucketMs);
		if (at >= 0 && at < cells) {
			values[at]! += amount;
		}
	};

	return {
		values,
		beginMs,
		add,
		spread({tokens, fromMs, untilMs}) {
			const perMs = tokens / (untilMs - fromMs);
			let at = Math.max(fromMs, beginMs);
			while (at < Math.min(untilMs, endMs)) {
				const edge =
					beginMs + (Math.floor((at - beginMs) / bucketMs) + 1) * bucketMs;
				const next = Math.min(edge, untilMs);
				add(at, perMs * (next - at));
				at = next;
			}
		},
	};
}
