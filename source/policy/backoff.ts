const baseMs = 500;

/**
How long after the endpoint's own time a try may come, so that not all who were told the same time come
at once.
*/
const afterItsTimeMs = 500;

/**
How long to wait before the next try: by chance between nothing and a bound that doubles with each try,
so that many clients of one endpoint spread; never less than what the endpoint asked for.
*/
export function backoffMs({
	tries,
	longestMs,
	retryAfterMs,
	random,
}: Readonly<{
	/**
	Tries until now, 1 or more.
	*/
	tries: number;
	longestMs: number;
	retryAfterMs: number | undefined;
	/**
	In [0, 1).
	*/
	random: number;
}>): number {
	const spread = random * Math.min(longestMs, baseMs * 2 ** (tries - 1));
	return Math.round(
		retryAfterMs === undefined
			? spread
			: Math.max(spread, retryAfterMs + random * afterItsTimeMs),
	);
}
