import type {WireFormatName} from '../exchange/usage.js';
import type {TokenCount} from './count.js';
import {number, parsed, part, text} from './json.js';

/**
What an agent makes of an answer, as much of it as has arrived.
*/
export type Heard = Readonly<{
	model: string | undefined;
	told: TokenCount | undefined;
	/**
	Undefined while the end has not come.
	*/
	end: 'complete' | 'failed' | undefined;
}>;

/**
Listens to an answer as a client does that wants to know what it pays: a reader of its own, so that
its sums can be held against the meter's and the endpoint's.
*/
export function createHearing(
	format: WireFormatName,
	streams: boolean,
): {
	feed(chunk: string): void;
	heard(): Heard;
} {
	let pending = '';
	let heard: Heard = {model: undefined, told: undefined, end: undefined};

	return {
		feed(chunk) {
			pending += chunk;
			if (!streams) {
				return;
			}

			const events = pending.split('\n\n');
			pending = events.pop()!;
			for (const event of events) {
				if (matters(event)) {
					heard = hearEvent(format, heard, event);
				}
			}
		},
		heard: () => (streams ? heard : hearWhole(format, pending)),
	};
}

// Most events are bits of text: they are not worth a parse.
function matters(event: string): boolean {
	return (
		event.includes('"usage"') ||
		event.includes('"error"') ||
		event.includes('message_stop') ||
		event.includes('[DONE]')
	);
}

function hearEvent(format: WireFormatName, heard: Heard, event: string): Heard {
	const json = event.slice(event.indexOf('data: ') + 6);
	if (json === '[DONE]') {
		return {...heard, end: heard.end ?? 'complete'};
	}

	const data = parsed(json);
	const type = part(data, 'type');
	if (isFailure(data)) {
		return {...heard, end: 'failed'};
	}

	const answer = part(data, 'message') ?? part(data, 'response') ?? data;
	return {
		model: text(part(answer, 'model')) ?? heard.model,
		told: usageOf(format, part(answer, 'usage'), heard.told),
		end: lastEvents.has(type) ? 'complete' : heard.end,
	};
}

function isFailure(data: unknown): boolean {
	return (
		part(data, 'type') === 'response.failed' ||
		(part(data, 'error') ?? undefined) !== undefined
	);
}

const lastEvents: ReadonlySet<unknown> = new Set([
	'message_stop',
	'response.completed',
	'response.incomplete',
]);

function hearWhole(format: WireFormatName, json: string): Heard {
	const answer = parsed(json);
	return {
		model: text(part(answer, 'model')),
		told: usageOf(format, part(answer, 'usage'), undefined),
		end: answer === undefined ? undefined : 'complete',
	};
}

/**
Later totals replace earlier ones, field by field.
*/
function usageOf(
	format: WireFormatName,
	usage: unknown,
	before: TokenCount | undefined,
): TokenCount | undefined {
	if (typeof usage !== 'object' || usage === null) {
		return before;
	}

	const read = (name: string) => number(part(usage, name));
	if (format !== 'anthropic-messages') {
		return openaiUsage(usage);
	}

	const split = part(usage, 'cache_creation');
	return {
		input: read('input_tokens') ?? before?.input ?? 0,
		output: read('output_tokens') ?? before?.output ?? 0,
		cacheRead: read('cache_read_input_tokens') ?? before?.cacheRead ?? 0,
		cacheWrite5m:
			number(part(split, 'ephemeral_5m_input_tokens')) ??
			before?.cacheWrite5m ??
			0,
		cacheWrite1h:
			number(part(split, 'ephemeral_1h_input_tokens')) ??
			before?.cacheWrite1h ??
			0,
	};
}

function openaiUsage(usage: unknown): TokenCount {
	const prompt = part(usage, 'prompt_tokens') ?? part(usage, 'input_tokens');
	const details =
		part(usage, 'prompt_tokens_details') ?? part(usage, 'input_tokens_details');
	const output =
		part(usage, 'completion_tokens') ?? part(usage, 'output_tokens');
	const cacheRead = number(part(details, 'cached_tokens')) ?? 0;
	return {
		input: (number(prompt) ?? 0) - cacheRead,
		output: number(output) ?? 0,
		cacheRead,
		cacheWrite5m: 0,
		cacheWrite1h: 0,
	};
}
