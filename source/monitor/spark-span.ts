const sparkSpans = ['5m', '1h', 'day'] as const;
/**
How far back a sparkline goes.
*/
export type SparkSpan = (typeof sparkSpans)[number];

/**
The one after it; after the longest, the shortest.
*/
export const nextSpan = (span: SparkSpan): SparkSpan =>
	sparkSpans[(sparkSpans.indexOf(span) + 1) % sparkSpans.length]!;

/**
In words, for whom the label of a sparkline is too short.
*/
export const spanWords: Readonly<Record<SparkSpan, string>> = {
	'5m': 'the last 5 minutes',
	'1h': 'the last hour',
	day: 'today',
};
