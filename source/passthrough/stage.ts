import type {Buffer} from 'node:buffer';
import type {IncomingMessage} from 'node:http';
import type {ExchangeFields} from '../exchange/exchange.js';
import type {Recognised, RefusedTarget} from '../wire/paths.js';
import type {RequestFacts} from '../wire/request-body.js';
import type {Bearer} from './local-key.js';
import type {ReachableEndpoint} from './world.js';

/**
What a request asks for, once its target is known to be one that may go on.
*/
export type Wanted = Exclude<Recognised, RefusedTarget>;

/**
Each stage takes what the one before it made, so a stage cannot run out of turn.
*/
export type Beginning = {
	-readonly [Key in keyof ExchangeFields]?: ExchangeFields[Key];
};

export type Received = Readonly<{
	request: IncomingMessage;
	method: string;
	/**
	Whose request it is.
	*/
	bearer: Bearer;
	wanted: Wanted;
	/**
	The whole body of a measured request; undefined: it streams through.
	*/
	body: Buffer | undefined;
	/**
	The memory it stands in, if that is to be given back.
	*/
	slab: Buffer | undefined;
	/**
	The same in plain bytes where the client compressed it and we could undo that.
	*/
	plain: Buffer | undefined;
	/**
	Of the plain bytes; undefined for what is not measured.
	*/
	facts: RequestFacts | undefined;
	/**
	What the row says from its beginning on.
	*/
	beginning: Beginning;
}>;

/**
On its way to one target.
*/
export type Routed = Received &
	Readonly<{
		endpoint: ReachableEndpoint;
		alias: string | undefined;
		/**
		The model to ask for; undefined: as it was asked.
		*/
		model: string | undefined;
		/**
		What the alias adds to the system prompt.
		*/
		system: string | undefined;
	}>;
