import type {Exchange} from '../exchange/exchange.js';
import {configOf} from './connection.js';
import {liveConversations, type Conversation} from './conversations.js';
import type {Model} from './model.js';
import {aliasNamed} from './steering-of.js';

/**
What has to be written to the cache of another target, as it does not have it: 0 tokens where it has all.
`nanodollars` is undefined where the price is not known.
*/
export type Rewrite = Readonly<{
	tokens: number;
	nanodollars: number | undefined;
	/**
	Sessions that it is written for.
	*/
	sessions: number;
}>;

/**
What a switch to an alias would cost, by the prompts that the agents of all live sessions work with.
Undefined where none asked anything lately.
*/
export function rewriteFor(
	model: Model,
	alias: string | null,
): Rewrite | undefined {
	const conversations = liveConversations(model);
	const missing = conversations
		.map((conversation) => ({
			session: conversation.newest.exchange.session,
			tokens: missingOf(model, alias, conversation),
		}))
		.filter(({tokens}) => tokens > 0);
	const tokens = missing.reduce((sum, one) => sum + one.tokens, 0);
	const price = aliasNamed(model, alias)?.price?.cacheWrite5m;
	return conversations.length === 0
		? undefined
		: {
				tokens,
				nanodollars:
					price === undefined ? undefined : Math.round((tokens * price) / 1e6),
				sessions: new Set(missing.map(({session}) => session)).size,
			};
}

function missingOf(
	model: Model,
	alias: string | null,
	{newest, prompts}: Conversation,
): number {
	const place = placeOf(model, alias, newest.exchange);
	const there = prompts
		.filter(({exchange}) => targetOf(exchange) === place)
		.map(({prompt}) => prompt);
	return Math.max(0, newest.prompt - Math.max(0, ...there));
}

const targetOf = ({endpoint, sentModel}: Exchange) =>
	`${endpoint}/${sentModel}`;

const placeOf = (
	model: Model,
	alias: string | null,
	exchange: Exchange,
): string | undefined =>
	alias === null
		? `${configOf(model)?.endpoint}/${exchange.askedModel}`
		: aliasNamed(model, alias)?.targets[0];
