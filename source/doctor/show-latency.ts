/**
A time as people compare it: `85 ms`, `1.2 s`.
*/
export const showLatency = (ms: number): string =>
	ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
