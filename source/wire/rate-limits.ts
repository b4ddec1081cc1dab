import type {RateLimits, RateLimitWindow} from '../exchange/usage.js';
import type {HeaderList} from './header-list.js';
import {
	durationMs,
	numberOf,
	textOf,
	windowOf,
	type Draft,
} from './limit-values.js';
import {
	noteUnified,
	unifiedLimits,
	unifiedPrefix,
	type UnifiedDraft,
} from './unified-limits.js';

type Windows = Map<string, Draft<RateLimitWindow>>;

// Fast mode and priority tier differ in the middle alone, so the end of the name decides.
const anthropicName =
	/^anthropic-(?:ratelimit-)?(?<window>.+)-(?<part>limit|remaining|reset)$/;
const openaiName = /^x-ratelimit-(?<part>limit|remaining|reset)-(?<window>.+)$/;

/**
The limits an endpoint tells of in its headers, undefined where it tells of none. Three families:
`anthropic-…-{limit,remaining,reset}` (resets RFC 3339; Anthropic's API reference),
`anthropic-ratelimit-unified-…` of subscriptions (resets in epoch seconds) and
`x-ratelimit-{limit,remaining,reset}-…` (OpenAI: resets as Go durations, given in milliseconds too).
*/
export function readRateLimits(headers: HeaderList): RateLimits | undefined {
	const windows: Windows = new Map();
	const draft: UnifiedDraft = {whole: {}, windows: new Map()};
	for (let index = 0; index + 1 < headers.length; index += 2) {
		const name = headers[index]!.toLowerCase();
		const value = headers[index + 1]!.trim();
		if (name.startsWith(unifiedPrefix)) {
			noteUnified(draft, name.slice(unifiedPrefix.length), value);
		} else if (name.startsWith('x-ratelimit-')) {
			note(windows, openaiName.exec(name), value);
		} else if (name.startsWith('anthropic-')) {
			note(windows, anthropicName.exec(name), value);
		}
	}

	const unified = unifiedLimits(draft);
	if (windows.size === 0) {
		return unified && {unified};
	}

	return {
		windows: Object.fromEntries(windows),
		...(unified && {unified}),
	};
}

function note(
	windows: Windows,
	match: RegExpExecArray | null,
	value: string,
): void {
	const {window, part} = match?.groups ?? {};
	const known = part === 'reset' ? resetOf(value) : numberOf(value);
	const noted = window && known !== undefined && windowOf(windows, window, {});
	if (noted) {
		Object.assign(noted, typeof known === 'number' ? {[part!]: known} : known);
	}
}

function resetOf(value: string): RateLimitWindow | undefined {
	const reset = value.startsWith('-') ? undefined : textOf(value);
	const resetMs = durationMs(value);
	return reset === undefined
		? undefined
		: {reset, ...(resetMs !== undefined && {resetMs})};
}
