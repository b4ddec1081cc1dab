import type {ExchangeFields} from './exchange.js';

/**
What an exchange or one attempt says of how it ended; what is not known is left out or null.
*/
export type Told = Readonly<
	Partial<
		Pick<
			ExchangeFields,
			| 'outcome'
			| 'errorClass'
			| 'errorType'
			| 'errorMessage'
			| 'httpStatus'
			| 'reason'
			| 'retryAfterMs'
			| 'rateLimits'
			| 'endpoint'
			| 'path'
			| 'hint'
			| 'format'
			| 'askedModel'
			| 'sentModel'
			| 'stopReason'
			| 'possiblyBilled'
			| 'endedAt'
		>
	>
>;

export type Knowledge = Readonly<{
	/**
	Epoch milliseconds, to say how long a wait still is; without it, how long it was then.
	*/
	nowMs?: number | undefined;
	/**
	Ids of models that there are, to name the one that may have been meant.
	*/
	models?: Iterable<string> | undefined;
}>;
