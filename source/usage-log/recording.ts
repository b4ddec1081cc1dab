import type {ExchangeFields} from '../exchange/exchange.js';
import type {AttemptFacts} from './columns.js';
import type {Standing} from './ledger.js';

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
	/**
	What is kept for it of its key's cap while it is under way.
	*/
	reservation: Bound | undefined;
};

/**
What a request may cost: nano-dollars and tokens, and when (epoch milliseconds) that was admitted.
*/
export type Bound = Readonly<{
	key: string;
	admittedAt: number;
	nanodollars: number;
	tokens: number;
}>;

/**
What a request asks of its key's cap before it is sent. It is decided in the transaction that writes its
row, so that nobody else is admitted for the same money.
*/
export type Question = Readonly<{
	bound: Bound;
	/**
	What stays reserved where it may not go: attempts before may have been billed. Undefined: nothing.
	*/
	kept: Bound | undefined;
	/**
	The day it counts for, epoch milliseconds; `to` is no more part of it.
	*/
	from: number;
	to: number;
	/**
	Whether it may go, from how the key stands without it. May be asked again where a transaction failed.
	*/
	decide(standing: Standing): boolean;
	/**
	Why its row is held where it may not.
	*/
	held(): Pick<ExchangeFields, 'state' | 'holdReason'>;
}>;

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
	> &
		Readonly<Partial<Pick<ExchangeFields, 'admittedAt'>>>;
}>;

/**
What happens to a request if its key's cap lets it go: the attempt that `ended` before, and the `next` one.
*/
export type Asking = Readonly<{
	ended: AttemptFacts | undefined;
	next: NonNullable<Moved['next']>;
	question: Question;
}>;
