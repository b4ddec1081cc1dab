import type {RateLimits, UnifiedWindow} from '../exchange/usage.js';
import {
	flagOf,
	numberOf,
	textOf,
	windowOf,
	type Draft,
} from './limit-values.js';

type Unified = NonNullable<RateLimits['unified']>;
type Whole = Draft<Partial<Unified>>;
type Window = Draft<UnifiedWindow>;

/**
What the headers of a subscription have said so far.
*/
export type UnifiedDraft = Readonly<{
	whole: Whole;
	windows: Map<string, Window>;
}>;

/**
Begins the names of a subscription's limits. Not documented; sent with every answer to Claude Code's
own sign-in. Resets are epoch seconds, `utilization` is the spent fraction and may exceed 1.
*/
export const unifiedPrefix = 'anthropic-ratelimit-unified-';

const windowName =
	/^(?<window>.+)-(?<part>status|utilization|reset|surpassed-threshold)$/;

/**
Notes one header; `name` in lower case and without the prefix. Windows may have any name.
*/
export function noteUnified(
	{whole, windows}: UnifiedDraft,
	name: string,
	value: string,
): void {
	const fact = wholeFacts.get(name);
	if (fact !== undefined) {
		note(whole, fact, value);
		return;
	}

	const {window, part} = windowName.exec(name)?.groups ?? {};
	const noted = window && windowOf(windows, window, {});
	if (noted) {
		note(noted, windowFacts.get(part!)!, value);
	}
}

type Read = (value: string) => unknown;

function note(
	draft: object,
	[field, read]: readonly [string, Read],
	value: string,
): void {
	const known = read(value);
	if (known !== undefined) {
		Object.assign(draft, {[field]: known});
	}
}

export function unifiedLimits({
	whole,
	windows,
}: UnifiedDraft): Unified | undefined {
	return windows.size > 0 || Object.keys(whole).length > 0
		? {...whole, windows: Object.fromEntries(windows)}
		: undefined;
}

const wholeFacts = new Map<string, readonly [keyof Unified, Read]>([
	['status', ['status', textOf]],
	['reset', ['reset', numberOf]],
	['representative-claim', ['representativeClaim', textOf]],
	['fallback-percentage', ['fallbackPercentage', numberOf]],
	['overage-status', ['overageStatus', textOf]],
	['overage-reset', ['overageReset', numberOf]],
	['overage-in-use', ['overageInUse', flagOf]],
	['overage-disabled-reason', ['overageDisabledReason', textOf]],
]);

const windowFacts = new Map<string, readonly [keyof UnifiedWindow, Read]>([
	['status', ['status', textOf]],
	['utilization', ['utilization', numberOf]],
	['reset', ['reset', numberOf]],
	['surpassed-threshold', ['surpassedThreshold', numberOf]],
]);
