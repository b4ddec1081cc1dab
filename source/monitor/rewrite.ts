import type {Exchange} from '../exchange/exchange.js';
import {configOf} from './connection.js';
import type {Model} from './model.js';
import {isOpen} from './row-state.js';
import {aliasNamed} from './steering-of.js';
import {tokensOf} from './tokens-of.js';

/**
What has to be written to the cache of another target, as it does not have it: 0 tokens where it has all.
`nanodollars` is undefined where the price is not known.
*/
export type Rewrite = Readonly<{
	tokens: number;
	nanodollars: number | undefined;
}>;

/**
A cache forgets what was not asked of it for so long.
*/
const cachedMs = 300_000;

/**
What a switch to an alias would cost, by the prompts that the agents of the newest session work with.
Undefined where none asked anything lately.
*/
export function rewriteFor(
	model: Model,
	alias: string | null,
): Rewrite | undefined {
	const recent = recentPrompts(model);
	let tokens = 0;
	for (const [agent, prompts] of Map.groupBy(recent, ({agent}) => agent)) {
		const newest = prompts[0]!;
		if (agent !== recent[0]!.agent && newest.isFinished) {
			continue;
		}

		const place = placeOf(model, alias, newest.exchange);
		const there = prompts
			.filter(({exchange}) => targetOf(exchange) === place)
			.map(({prompt}) => prompt);
		tokens += Math.max(0, newest.prompt - Math.max(0, ...there));
	}

	const price = aliasNamed(model, alias)?.price?.cacheWrite5m;
	return recent.length === 0
		? undefined
		: {
				tokens,
				nanodollars:
					price === undefined ? undefined : Math.round((tokens * price) / 1e6),
			};
}

type Prompt = Readonly<{
	exchange: Exchange;
	agent: string;
	prompt: number;
	/**
	Its agent has said all it had to say.
	*/
	isFinished: boolean;
}>;

/**
Of the newest session, newest first. Side requests have no part of the conversation in them.
*/
function recentPrompts(model: Model): readonly Prompt[] {
	const recent = Array.from(model.exchanges.values())
		.filter(
			(exchange) =>
				exchange.format !== null &&
				exchange.side !== true &&
				(exchange.endedAt ?? model.nowMs) > model.nowMs - cachedMs,
		)
		.toSorted((one, other) => other.id - one.id);
	return recent
		.filter(({session}) => session === recent[0]!.session)
		.flatMap((exchange) => {
			const {prompt} = tokensOf(exchange, model.live.get(exchange.id));
			return prompt === undefined
				? []
				: [
						{
							exchange,
							agent: exchange.agentId ?? '',
							prompt,
							isFinished:
								!isOpen(exchange) && finalStops.has(exchange.stopReason ?? ''),
						},
					];
		});
}

const finalStops = new Set(['end_turn', 'stop']);

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
