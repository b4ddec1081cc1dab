const gapMs = 75;
const longestMs = 5000;

/**
When each of the requests leaves that were held together, in milliseconds from now, in their order. The
first leaves at once; the more there are, the closer they follow, and the last need not wait long.
*/
export function delays(count: number): number[] {
	const gap = Math.min(gapMs, longestMs / Math.max(1, count - 1));
	return Array.from({length: count}, (_, index) => Math.round(index * gap));
}
