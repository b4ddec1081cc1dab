import {Buffer} from 'node:buffer';
import type {WireFormatName} from '../../source/exchange/usage.js';
import {wireFormat} from '../../source/wire/formats.js';
import type {MeterOptions} from '../../source/wire/meter.js';
import type {AnswerFacts} from '../../source/wire/wire-format.js';
import {measure} from './measured.js';

/**
A stream as an endpoint writes it: what is an array has a name, what is text has none.
*/
export function streamOf(
	...events: ReadonlyArray<readonly [string, unknown] | string>
): string {
	return events
		.map((event) =>
			typeof event === 'string'
				? `data: ${event}\n\n`
				: `event: ${event[0]}\ndata: ${JSON.stringify(event[1])}\n\n`,
		)
		.join('');
}

const paths: Readonly<Record<WireFormatName, string>> = {
	'anthropic-messages': '/v1/messages',
	'openai-chat': '/v1/chat/completions',
	'openai-responses': '/v1/responses',
};

/**
Options of an event stream with status 200, but for what is given.
*/
export function answerOf(
	format: WireFormatName,
	options: Partial<MeterOptions> = {},
): MeterOptions {
	return {
		format: wireFormat(format),
		kind: 'generate',
		path: paths[format],
		status: 200,
		headers: ['Content-Type', 'text/event-stream; charset=utf-8'],
		...options,
	};
}

/**
The facts of an answer that came in one piece.
*/
export async function factsOf(
	options: MeterOptions,
	body: string | Uint8Array,
	how: 'complete' | 'cut' = 'complete',
): Promise<AnswerFacts> {
	return measure(options, [Buffer.from(body)], how);
}

export const jsonHeaders = ['content-type', 'application/json'] as const;

/**
The facts of an answer in JSON.
*/
export async function factsOfJson(
	format: WireFormatName,
	body: unknown,
	status = 200,
): Promise<AnswerFacts> {
	return factsOf(
		answerOf(format, {status, headers: jsonHeaders}),
		JSON.stringify(body),
	);
}
