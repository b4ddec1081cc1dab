import {limitWindows, spanOfPlan, type LimitWindow} from './limit-windows.js';
import {said, theEndpoint, type Words} from './said.js';
import {showCount, showInstant, showWait} from './show.js';
import type {Knowledge, Told} from './told.js';

/**
What a 429 means: credit that is missing, a plan's window that is used up, or a limit per minute.
*/
export function limitWords(told: Told, {nowMs}: Knowledge): Words {
	const message = told.errorMessage ?? '';
	if (/long[ -]context|\b1m context/i.test(message)) {
		return longContext;
	}

	const seenAt = told.endedAt ?? nowMs ?? 0;
	const now = nowMs ?? told.endedAt ?? undefined;
	const windows = told.rateLimits ? limitWindows(told.rateLimits, seenAt) : [];
	const plan = usedUpOfPlan(windows, told);
	if (plan !== undefined) {
		return planWords(plan, now);
	}

	if (/extra usage/i.test(message)) {
		return extraUsage;
	}

	if (/acceleration|ramp/i.test(message)) {
		return ramp;
	}

	const usedUp = windows
		.filter(({remaining}) => remaining === 0)
		.toSorted((one, other) => (other.resetAt ?? 0) - (one.resetAt ?? 0))[0];
	return usedUp === undefined
		? unnamed(told, now)
		: windowWords(usedUp, {seenAt, now, told});
}

const longContext = said(
	['long-context credit, not a rate limit', 'long-context credit', 'credit'],
	'This is no rate limit: prompts this long need extra usage, which the plan does not have or has used up.',
	'Waiting will not help: switch on extra usage, use the model without its [1m] window, or compact the conversation.',
);

const extraUsage = said(
	[
		'extra usage is used up: waiting will not help',
		'extra usage used up',
		'credit',
	],
	'The extra usage that the plan allows is used up.',
	'Waiting will not help: allow more extra usage, or use an endpoint with an API key.',
);

const ramp = said(
	['usage rose too fast', 'too fast'],
	'The use of this account rose faster than the endpoint allows.',
	'Run fewer agents at once and let the use grow slowly.',
);

const claims: Readonly<Record<string, string>> = {
	five_hour: '5h',
	seven_day: '7d',
};

/**
The window that the plan's answer names, or the one that is full and resets last.
*/
function usedUpOfPlan(
	windows: readonly LimitWindow[],
	{rateLimits}: Told,
): LimitWindow | undefined {
	const full = windows
		.filter(
			({name, status, utilization}) =>
				isSpan(name) && (status === 'rejected' || (utilization ?? 0) >= 1),
		)
		.toSorted((one, other) => (other.resetAt ?? 0) - (one.resetAt ?? 0));
	const whole = windows.find(({name}) => name === 'unified');
	if (full.length === 0 && whole?.status !== 'rejected') {
		return undefined;
	}

	const claim = rateLimits?.unified?.representativeClaim ?? '';
	const claimed = claims[claim] ?? claim.replace(/^seven_day_/, '7d_');
	return (
		full.find(({name}) => spanOfPlan(name) === claimed) ?? full[0] ?? whole
	);
}

const isSpan = (name: string): boolean => {
	const span = spanOfPlan(name);
	return span !== undefined && span !== 'overage';
};

function planWords(
	{name, resetAt}: LimitWindow,
	now: number | undefined,
): Words {
	const span = (spanOfPlan(name) ?? 'plan').replace(/^(?<n>\d+)/, '$<n> ');
	const window = span === 'plan' ? "plan's window" : `${span} window`;
	const wait = waitOf(resetAt, now);
	return said(
		wait === undefined
			? [`${window} used up`, 'used up']
			: [
					`${window} used up: resets in ${wait}`,
					`${span} resets in ${wait}`,
					`resets ${wait}`,
					'used up',
				],
		`The ${window.replace(/ window$/, '')} window of the plan is used up${resetSentence(resetAt, now)}`,
		'Trying again before that does not help. Until then use an endpoint with an API key, or extra usage if the plan has it.',
	);
}

/**
Longer than that after it was told, no limit per minute resets.
*/
const perMinuteMs = 90_000;

function windowWords(
	{name, limit, resetAt}: LimitWindow,
	{
		seenAt,
		now,
		told,
	}: Readonly<{seenAt: number; now: number | undefined; told: Told}>,
): Words {
	const isPerMinute =
		/per.min/i.test(told.errorMessage ?? '') ||
		(resetAt !== undefined && resetAt - seenAt <= perMinuteMs);
	const kind = isPerMinute ? 'per-minute limit' : `limit of ${inWords(name)}`;
	const wait = waitOf(resetAt, now);
	return said(
		wait === undefined
			? [kind, 'limit']
			: [`${kind}: resets in ${wait}`, `resets ${wait}`, 'limit'],
		`${theEndpoint(told.endpoint)} allows no more ${inWords(name)}${isPerMinute ? ' in this minute' : ''}${limit === undefined ? '' : `: the limit is ${showCount(limit)}`}${resetSentence(resetAt, now)}`,
		'Agents wait and try again by themselves. If it happens often, run fewer at once, or ask for a higher limit.',
	);
}

const inWords = (name: string): string => name.replaceAll(/[-_]/g, ' ');

function unnamed(
	{retryAfterMs, endedAt, endpoint}: Told,
	now: number | undefined,
): Words {
	const again =
		retryAfterMs === null || retryAfterMs === undefined || !endedAt
			? undefined
			: endedAt + retryAfterMs;
	const wait = waitOf(again, now);
	return said(
		[
			...(wait === undefined ? [] : [`rate limit: again in ${wait}`]),
			'rate limit',
			'limit',
		],
		`${theEndpoint(endpoint)} allows no more requests for now${wait === undefined ? '' : ` and asks to wait for ${wait}`}.`,
		'Agents wait and try again by themselves. If it happens often, run fewer at once.',
	);
}

/**
Undefined where it is not known, or over by now.
*/
const waitOf = (
	at: number | undefined,
	now: number | undefined,
): string | undefined =>
	at === undefined || now === undefined || at <= now
		? undefined
		: showWait(at - now);

function resetSentence(
	resetAt: number | undefined,
	now: number | undefined,
): string {
	if (resetAt === undefined) {
		return '.';
	}

	const wait = waitOf(resetAt, now);
	const at = showInstant(resetAt);
	return wait === undefined
		? `. It reset at ${at}.`
		: `. It resets at ${at}, in ${wait}.`;
}
