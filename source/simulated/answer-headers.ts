import type {ApiFamily} from './speech.js';

export type Headers = Readonly<Record<string, string>>;

const limits = {
	requests: 4000,
	'input-tokens': 2_000_000,
	'output-tokens': 400_000,
} as const;
type Limited = keyof typeof limits;

/**
The rate limits of one endpoint, per minute of the clock, as headers tell them: Anthropic's
`anthropic-ratelimit-*` with RFC 3339 resets, OpenAI's `x-ratelimit-*` with durations.
*/
export function createRateLimits(now: () => number): {
	use(used: Readonly<Record<Limited, number>>): void;
	headers(family: ApiFamily, exhausted?: boolean): Headers;
} {
	let minute = 0;
	let used: Record<Limited, number> = {
		requests: 0,
		'input-tokens': 0,
		'output-tokens': 0,
	};
	const turn = () => {
		const current = Math.floor(now() / 60_000);
		if (current === minute) {
			return;
		}

		minute = current;
		used = {requests: 0, 'input-tokens': 0, 'output-tokens': 0};
	};

	return {
		use(more) {
			turn();
			for (const name of Object.keys(limits) as Limited[]) {
				used[name] += more[name];
			}
		},
		headers(family, exhausted = false) {
			turn();
			const remaining = (name: Limited) =>
				exhausted && name === 'input-tokens'
					? 0
					: Math.max(0, limits[name] - used[name]);
			const reset = (minute + 1) * 60_000;
			return family === 'anthropic'
				? anthropicHeaders(remaining, new Date(reset))
				: openaiHeaders(remaining, reset - now());
		},
	};
}

/**
The id of a request, under the name that its API gives it.
*/
export function requestIdHeader(family: ApiFamily, id: string): Headers {
	return family === 'anthropic'
		? {
				'request-id': id,
				'anthropic-organization-id': '00000000-0000-4000-8000-000000000000',
			}
		: {'x-request-id': id, 'openai-version': '2020-10-01'};
}

function anthropicHeaders(
	remaining: (name: Limited) => number,
	reset: Date,
): Headers {
	const at = `${reset.toISOString().slice(0, 19)}Z`;
	return Object.fromEntries(
		(Object.keys(limits) as Limited[]).flatMap((name) => [
			[`anthropic-ratelimit-${name}-limit`, String(limits[name])],
			[`anthropic-ratelimit-${name}-remaining`, String(remaining(name))],
			[`anthropic-ratelimit-${name}-reset`, at],
		]),
	);
}

function openaiHeaders(
	remaining: (name: Limited) => number,
	ms: number,
): Headers {
	return {
		'x-ratelimit-limit-requests': String(limits.requests),
		'x-ratelimit-limit-tokens': String(limits['input-tokens']),
		'x-ratelimit-remaining-requests': String(remaining('requests')),
		'x-ratelimit-remaining-tokens': String(remaining('input-tokens')),
		'x-ratelimit-reset-requests': `${ms}ms`,
		'x-ratelimit-reset-tokens': `${(ms / 1000).toFixed(3)}s`,
	};
}
