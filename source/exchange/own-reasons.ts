import {holdReasons} from './exchange.js';

/**
Why an answer is ours and not an endpoint's: what `x-tollgate-reason` and `reason` in the log say.
*/
export const ownReasons = [
	...holdReasons,
	'unreachable',
	'timeout',
	'key',
	'credential',
	'origin',
	'host',
	'too_large',
	'alias',
	'breaker',
	'not_recording',
	'draining',
	'cancelled',
	'bad_request',
	'loop',
] as const;
export type OwnReason = (typeof ownReasons)[number];

export const isOwnReason = (reason: string): reason is OwnReason =>
	(ownReasons as readonly string[]).includes(reason);
