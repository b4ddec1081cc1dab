import type {OwnReason} from '../exchange/own-reasons.js';
import type {WireFormatName} from '../exchange/usage.js';
import {wireFormat} from '../wire/formats.js';

/**
The reasons a request is turned down by us, as `x-tollgate-reason` names them.
*/
type Shape = Readonly<{
	status: number;
	/**
	Says to official SDKs whether to try again; undefined leaves it to their own rules.
	*/
	shouldRetry?: boolean;
	retryAfterSeconds?: number | undefined;
	anthropic: string;
	openai: readonly [type: string, code: string | null];
}>;

/**
Held for as long as its client could wait: it comes back and is held again. Longer than a minute is not
waited by some.
*/
const held = {
	status: 503,
	retryAfterSeconds: 30,
	anthropic: 'overloaded_error',
	openai: ['server_error', null],
} as const satisfies Shape;

/**
Chosen by what real clients do with each: see docs of the SDKs' retry rules.
*/
const shapes = {
	unreachable: {
		status: 502,
		anthropic: 'api_error',
		openai: ['server_error', null],
	},
	timeout: {
		status: 504,
		anthropic: 'timeout_error',
		openai: ['server_error', null],
	},
	breaker: {
		status: 502,
		anthropic: 'api_error',
		openai: ['server_error', null],
	},
	paused: held,
	strikes: held,
	guard: held,
	queue: held,
	reserved: held,
	cap: {
		status: 402,
		shouldRetry: false,
		anthropic: 'billing_error',
		openai: ['billing_error', 'insufficient_quota'],
	},
	backoff: held,
	/**
	Shown word for word and asked once by all that were tried, which no other status is.
	*/
	cancelled: {
		status: 402,
		shouldRetry: false,
		anthropic: 'api_error',
		openai: ['server_error', 'cancelled'],
	},
	key: {
		status: 401,
		shouldRetry: false,
		anthropic: 'authentication_error',
		openai: ['invalid_request_error', 'invalid_api_key'],
	},
	origin: {
		status: 403,
		anthropic: 'permission_error',
		openai: ['permission_error', null],
	},
	host: {
		status: 403,
		anthropic: 'permission_error',
		openai: ['permission_error', null],
	},
	too_large: {
		status: 413,
		anthropic: 'request_too_large',
		openai: ['request_too_large', null],
	},
	alias: {
		status: 404,
		anthropic: 'not_found_error',
		openai: ['invalid_request_error', 'model_not_found'],
	},
	not_recording: {
		status: 503,
		shouldRetry: false,
		anthropic: 'api_error',
		openai: ['server_error', null],
	},
	draining: {
		status: 503,
		retryAfterSeconds: 2,
		anthropic: 'overloaded_error',
		openai: ['server_error', null],
	},
	bad_request: {
		status: 400,
		anthropic: 'invalid_request_error',
		openai: ['invalid_request_error', null],
	},
	loop: {
		status: 508,
		shouldRetry: false,
		anthropic: 'api_error',
		openai: ['server_error', null],
	},
} as const satisfies Partial<Record<OwnReason, Shape>>;

export type RefusalReason = keyof typeof shapes;

/**
A request that we turn down ourselves. Thrown by a stage, caught once, in pass.ts.
*/
export class Refusal extends Error {
	override readonly name = 'Refusal';
	readonly reason: RefusalReason;
	/**
	Asking again is of no use: whatever the reason usually says.
	*/
	readonly isFinal: boolean;

	constructor(
		reason: RefusalReason,
		message: string,
		{isFinal = false, ...options}: ErrorOptions & {isFinal?: boolean} = {},
	) {
		super(message, options);
		this.reason = reason;
		this.isFinal = isFinal;
	}

	get status(): number {
		return shapes[this.reason].status;
	}

	/**
	The error's type as Anthropic's clients know it; for the log.
	*/
	get type(): string {
		return shapes[this.reason].anthropic;
	}
}

export const leaving = (): Refusal =>
	new Refusal('draining', 'Tollgate is about to stop. Try again in a moment.');

/**
The whole answer of a refusal in the asking client's shape.
*/
export function refusalAnswer(
	{
		reason,
		message,
		isFinal = false,
	}: Pick<Refusal, 'reason' | 'message'> & Partial<Pick<Refusal, 'isFinal'>>,
	{
		format,
		requestId,
	}: Readonly<{format: WireFormatName | undefined; requestId: string}>,
): Readonly<{status: number; headers: string[]; body: string}> {
	const shape: Shape = isFinal
		? {...shapes[reason], shouldRetry: false, retryAfterSeconds: undefined}
		: shapes[reason];
	const body = JSON.stringify(
		wireFormat(format ?? 'anthropic-messages').refusal({
			anthropicType: shape.anthropic,
			openaiType: shape.openai[0],
			openaiCode: shape.openai[1],
			message,
			requestId,
		}),
	);
	const headers = [
		'content-type',
		'application/json',
		'content-length',
		String(new TextEncoder().encode(body).length),
		'request-id',
		requestId,
		'x-tollgate-reason',
		reason,
		...(shape.shouldRetry === undefined
			? []
			: ['x-should-retry', String(shape.shouldRetry)]),
		...(shape.retryAfterSeconds === undefined
			? []
			: ['retry-after', String(shape.retryAfterSeconds)]),
	];
	return {status: shape.status, headers, body};
}
