import type {ExchangeFields} from '../exchange/exchange.js';
import type {AttemptFacts} from './columns.js';

/**
Facts of an exchange, as far as they are known.
*/
export type ExchangeFacts = Readonly<Partial<ExchangeFields>>;

/**
One exchange being recorded: the recorder's own notes on it.
*/
export type Recording = {
	/**
	Given by the log when the row is begun.
	*/
	id: number | undefined;
	generation: number;
	/**
	What the row began with, its present attempt included.
	*/
	beginning: ExchangeFacts;
	attempts: number;
	/**
	Tells the credential that it goes with from others, and nothing else of it.
	*/
	credential: string;
	hasLive: boolean;
	/**
	A final row has been written, or tried to.
	*/
	hasEnded: boolean;
};

export type Done = (recorded: boolean) => void;

/**
The attempt that `ended`, why the exchange is `held` after it, and where the `next` attempt goes.
*/
export type Moved = Readonly<{
	ended?: AttemptFacts | undefined;
	held?: Readonly<Pick<ExchangeFields, 'state' | 'holdReason'>>;
	next?: Readonly<
		Pick<
			ExchangeFields,
			'alias' | 'endpoint' | 'sentModel' | 'billing' | 'attemptStartedAt'
		>
	>;
}>;
