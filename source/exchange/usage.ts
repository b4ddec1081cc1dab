export const wireFormatNames = [
	'anthropic-messages',
	'openai-chat',
	'openai-responses',
] as const;
export type WireFormatName = (typeof wireFormatNames)[number];

/**
Billed tokens in the one canonical split: the full prompt is input + cacheRead + cacheWrite5m +
cacheWrite1h. `output` includes reasoning; `reasoning` is undefined where the endpoint did not say.
*/
export type Usage = Readonly<{
	input: number;
	output: number;
	cacheRead: number;
	cacheWrite5m: number;
	cacheWrite1h: number;
	reasoning: number | undefined;
	webSearch: number;
}>;

/**
A billed call inside an answer that the top-level usage leaves out.
*/
export type ExtraUsage = Usage &
	Readonly<{kind: 'compaction' | 'advisor'; model: string | undefined}>;

export const usageStatuses = ['exact', 'partial', 'missing', 'none'] as const;
/**
`none`: no usage applies (errors, lists, count_tokens). `missing`: it should be there and is not.
*/
export type UsageStatus = (typeof usageStatuses)[number];

export const errorClasses = [
	'quota',
	'model_not_found',
	'context_length',
	'auth',
	'invalid_request',
	'billing',
	'permission',
	'not_found',
	'route_not_found',
	'timeout',
	'conflict',
	'too_large',
	'rate_limit',
	'overloaded',
	'server',
	'network',
	'aborted',
	'truncated',
] as const;
export type ErrorClass = (typeof errorClasses)[number];

/**
One limit an endpoint told of in its headers. `reset` as it was sent; see wire/rate-limits.
*/
export type RateLimitWindow = Readonly<{
	limit?: number;
	remaining?: number;
	reset?: string;
	resetMs?: number;
}>;
export type UnifiedWindow = Readonly<{
	status?: string;
	utilization?: number;
	reset?: number;
	surpassedThreshold?: number;
}>;
export type RateLimits = Readonly<{
	windows?: Readonly<Record<string, RateLimitWindow>>;
	unified?: Readonly<{
		status?: string;
		reset?: number;
		representativeClaim?: string;
		fallbackPercentage?: number;
		overageStatus?: string;
		overageReset?: number;
		overageInUse?: boolean;
		overageDisabledReason?: string;
		windows: Readonly<Record<string, UnifiedWindow>>;
	}>;
}>;
