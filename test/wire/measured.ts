import {type Buffer} from 'node:buffer';
import fs from 'node:fs';
import {fileURLToPath} from 'node:url';
import type {AnswerKind} from '../../source/wire/answer-shape.js';
import {wireFormats} from '../../source/wire/formats.js';
import {createMeter, type MeterOptions} from '../../source/wire/meter.js';
import type {AnswerFacts} from '../../source/wire/wire-format.js';

const folder = fileURLToPath(new URL('../fixtures/', import.meta.url));

type Row = Readonly<{
	id: string;
	file: string;
	protocol: string;
	request: Readonly<{
		method: string;
		path: string;
		model?: string;
		stream?: boolean;
	}>;
	response: Readonly<{
		status: number;
		headers: Readonly<Record<string, string>>;
	}>;
	expected: string;
}>;

export type Fixture = Row &
	Readonly<{body: Buffer; wanted: Record<string, unknown>}>;

/**
Every recorded answer, with the facts that are expected of it.
*/
export function readFixtures(): readonly Fixture[] {
	const {fixtures} = JSON.parse(
		fs.readFileSync(`${folder}index.json`, 'utf8'),
	) as {fixtures: readonly Row[]};
	return fixtures.map((row) => ({
		...row,
		body: bodyOf(fs.readFileSync(folder + row.file), row.file),
		wanted: JSON.parse(
			fs.readFileSync(folder + row.expected, 'utf8'),
		) as Record<string, unknown>,
	}));
}

/**
The `.http` files begin with a status line and headers.
*/
function bodyOf(bytes: Buffer, file: string): Buffer {
	return file.endsWith('.http')
		? bytes.subarray(bytes.indexOf('\r\n\r\n') + 4)
		: bytes;
}

const kinds: Readonly<Record<string, AnswerKind>> = {
	models: 'models',
	'anthropic-count-tokens': 'count_tokens',
};

export function optionsOf({
	protocol,
	request,
	response,
}: Fixture): MeterOptions {
	return {
		format: wireFormats.find(({name}) => name === protocol),
		kind: kinds[protocol] ?? 'generate',
		path: request.path.split('?', 1)[0]!,
		status: response.status,
		headers: Object.entries(response.headers).flat(),
	};
}

/**
The pieces, one push each, and the end.
*/
export async function measure(
	options: MeterOptions,
	pieces: Iterable<Uint8Array>,
	how: 'complete' | 'cut' = 'complete',
): Promise<AnswerFacts> {
	const meter = createMeter(options);
	for (const piece of pieces) {
		meter.push(piece);
	}

	return meter.end(how);
}

/**
The smallest pieces there are.
@yields Every byte alone.
*/
export function* byteByByte(body: Uint8Array): Generator<Uint8Array> {
	for (let at = 0; at < body.length; at++) {
		yield body.subarray(at, at + 1);
	}
}

/**
Cuts of random length, the same for the same seed.
@yields The pieces in order.
*/
export function* randomly(
	body: Uint8Array,
	seed: number,
): Generator<Uint8Array> {
	let chance = seed;
	for (let at = 0; at < body.length;) {
		chance = (chance * 48_271) % 2_147_483_647;
		const length = 1 + (chance % (seed % 3 === 0 ? 7 : 300));
		yield body.subarray(at, at + length);
		at += length;
	}
}

/**
Our facts in the words of the recorded expectations.
*/
export function inRecordedWords(
	facts: AnswerFacts,
	{request, response}: Pick<Fixture, 'request' | 'response'>,
): Record<string, unknown> {
	return withoutGaps({
		outcome: facts.outcome,
		http_status: response.status,
		stream: response.status < 400 && request.stream === true,
		model: facts.servedModel ?? null,
		message_id: facts.messageId ?? null,
		stop_reason: facts.stopReason ?? null,
		usage_status: facts.usageStatus,
		usage: facts.usage ? usageWords(facts.usage) : null,
		extra_usage:
			facts.extraUsage.length > 0
				? facts.extraUsage.map(({kind, model, ...usage}) => ({
						kind,
						model: model ?? null,
						...usageWords(usage),
					}))
				: undefined,
		sse_events: facts.events > 0 ? facts.events : undefined,
		anomalies: facts.anomalies.length > 0 ? facts.anomalies : undefined,
		service_tier: facts.serviceTier,
		speed: facts.speed,
		inference_geo: facts.inferenceGeo,
		web_fetch: facts.webFetches,
		provider_cost_usd: facts.reportedCostUsd,
		counted_input_tokens: facts.countedInputTokens,
		error: errorWords(facts),
		rate_limit: limitWords(facts),
		models: modelWords(facts),
	}) as Record<string, unknown>;
}

function withoutGaps(value: unknown): unknown {
	if (Array.isArray(value)) {
		return value.map((part) => withoutGaps(part));
	}

	return typeof value === 'object' && value !== null
		? Object.fromEntries(
				Object.entries(value)
					.filter(([, part]) => part !== undefined)
					.map(([name, part]) => [name, withoutGaps(part)]),
			)
		: value;
}

function usageWords(usage: NonNullable<AnswerFacts['usage']>) {
	return {
		input: usage.input,
		output: usage.output,
		cache_read: usage.cacheRead,
		cache_write_5m: usage.cacheWrite5m,
		cache_write_1h: usage.cacheWrite1h,
		reasoning: usage.reasoning ?? null,
		web_search: usage.webSearch,
	};
}

function errorWords({error}: AnswerFacts) {
	return (
		error && {
			in_stream: error.inStream,
			class: error.class,
			type: error.type ?? null,
			code: error.code,
			retryable: error.retryable,
			retry_after_s:
				error.retryAfterMs === undefined
					? undefined
					: error.retryAfterMs / 1000,
			hint: error.hint,
		}
	);
}

function limitWords({rateLimits}: AnswerFacts) {
	return (
		rateLimits && {
			windows:
				rateLimits.windows &&
				Object.fromEntries(
					Object.entries(rateLimits.windows).map(
						([name, {reset, resetMs, ...counts}]) => [
							name,
							resetMs === undefined
								? {...counts, reset}
								: {...counts, reset_in_ms: resetMs},
						],
					),
				),
			unified: inSnakeCase(rateLimits.unified),
		}
	);
}

function inSnakeCase(value: unknown): unknown {
	return typeof value === 'object' && value !== null
		? Object.fromEntries(
				Object.entries(value).map(([name, part]) => [
					name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
					inSnakeCase(part),
				]),
			)
		: value;
}

function modelWords({models}: AnswerFacts) {
	return (
		models && {
			shape: models.shape,
			ids: models.models.map(({id}) => id),
			has_more: models.hasMore,
			next: models.next ? {after_id: models.next.afterId} : null,
			context: Object.fromEntries(
				models.models.flatMap(({id, context}) =>
					context === undefined ? [] : [[id, context]],
				),
			),
		}
	);
}
