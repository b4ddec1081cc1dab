export const sparkSpans = ['5m', '1h', 'day'] as const;
/**
How far back a sparkline goes.
*/
export type SparkSpan = (typeof sparkSpans)[number];
