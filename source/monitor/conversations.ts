import type {Exchange} from '../exchange/exchange.js';
import {steers} from '../exchange/steers.js';
import {configOf} from './connection.js';
import type {Model} from './model.js';
import {isOpen} from './row-state.js';
import {tokensOf} from './tokens-of.js';

export type Prompt = Readonly<{
	exchange: Exchange;
	/**
	Tokens of the whole prompt, and of the answer so far.
	*/
	prompt: number;
	output: number;
}>;

/**
What one agent of a session asked lately, newest first: never empty.
*/
export type Conversation = Readonly<{
	newest: Prompt;
	prompts: readonly Prompt[];
}>;

/**
A cache forgets what was not asked of it for so long; nor is its agent thought to be at work.
*/
const liveMs = 300_000;

/**
The conversations that go on, and follow the active alias: of each session the newest, and those of other agents
that have not said all they had to say.
*/
export function liveConversations(model: Model): readonly Conversation[] {
	const sessions = Map.groupBy(
		recentPrompts(model),
		({exchange}) => exchange.session ?? '',
	);
	return [...sessions.values()].flatMap((session) => {
		const agents = Map.groupBy(session, ({exchange}) => agentOf(exchange));
		return [...agents.values()]
			.map((prompts): Conversation => ({newest: prompts[0]!, prompts}))
			.filter(({newest}, index) => index === 0 || !isFinished(newest.exchange));
	});
}

const agentOf = ({agentId}: Exchange): string => agentId ?? '';

const isFinished = (exchange: Exchange): boolean =>
	!isOpen(exchange) && finalStops.has(exchange.stopReason ?? '');

const finalStops = new Set(['end_turn', 'stop']);

/**
Newest first. Side requests have no part of the conversation in them.
*/
function recentPrompts(model: Model): readonly Prompt[] {
	return Array.from(model.exchanges.values())
		.filter(
			(exchange) =>
				exchange.format !== null &&
				exchange.side !== true &&
				(exchange.endedAt ?? model.nowMs) > model.nowMs - liveMs &&
				isSteered(model, exchange.askedModel),
		)
		.toSorted((one, other) => other.id - one.id)
		.flatMap((exchange) => {
			const {prompt, output} = tokensOf(exchange, model.live.get(exchange.id));
			return prompt === undefined
				? []
				: [{exchange, prompt, output: output ?? 0}];
		});
}

/**
What asks for an alias by name, or is not in `steer`, goes its own way. An older passthrough says nothing of it.
*/
function isSteered(model: Model, asked: string | null): boolean {
	const {aliases = [], steer} = configOf(model) ?? {};
	return (
		asked === null ||
		(aliases.every(({name}) => name !== asked) &&
			(steer === undefined || steers(steer, asked)))
	);
}
