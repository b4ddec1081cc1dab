import {cleanText} from '../exchange/clean.js';
import type {AttemptFields} from '../exchange/exchange.js';
import {isPossiblyBilled} from '../policy/reconnect.js';
import {Refusal} from './refusal.js';
import type {Ended} from './relay.js';
import type {Routed} from './stage.js';

/**
An attempt that came to no answer at all.
*/
export type Failed = Extract<Ended, {kind: 'failed'}>;

/**
A failure of the connection, as the refusal that the client gets and the row that tells of it.
*/
export class EndpointFailure extends Refusal {
	readonly failed: Failed;

	constructor(
		reason: 'timeout' | 'unreachable',
		message: string,
		failed: Failed,
	) {
		super(reason, message, {cause: failed.failure.error});
		this.failed = failed;
	}
}

export function failureOf(
	{endpoint}: Pick<Routed, 'endpoint'>,
	failed: Failed,
): EndpointFailure {
	const {name, url} = endpoint.config;
	const {code, begun} = failed.failure;
	if (code === 'UND_ERR_HEADERS_TIMEOUT') {
		return new EndpointFailure(
			'timeout',
			`The endpoint ${name} (${url.host}) has not answered in time. The limit is header_timeout in [server].`,
			failed,
		);
	}

	return new EndpointFailure(
		'unreachable',
		begun
			? `The endpoint ${name} (${url.host}) broke the connection before it answered (${code}).`
			: `The endpoint ${name} (${url.host}) cannot be reached (${code}).`,
		failed,
	);
}

/**
What the log keeps of it.
*/
export function failedAttempt(
	{failure}: Failed,
	endedAt: number,
): Readonly<Partial<AttemptFields>> {
	return {
		outcome: 'error',
		errorClass: timeouts.has(failure.code) ? 'timeout' : 'network',
		errorType: failure.code,
		errorMessage: cleanText(failure.error.message),
		possiblyBilled: isPossiblyBilled(failure),
		endedAt,
	};
}

const timeouts = new Set([
	'UND_ERR_HEADERS_TIMEOUT',
	'UND_ERR_CONNECT_TIMEOUT',
	'ETIMEDOUT',
]);
