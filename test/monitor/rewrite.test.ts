import {expect, test} from 'vitest';
import type {Exchange} from '../../source/exchange/exchange.js';
import {rewriteFor} from '../../source/monitor/rewrite.js';
import {sampleModel} from './sample-model.js';
import {endedRow} from './sample-rows.js';
import {steers} from './sample-steering.js';

/**
An exchange with a prompt of `prompt` tokens at the first target of `main`.
*/
const asked = (
	id: number,
	prompt: number,
	given: Partial<Exchange> & {agoMs?: number} = {},
): Exchange =>
	endedRow(id, {
		agoMs: 20_000 - id,
		endpoint: 'kissapi',
		sentModel: 'glm-5.2',
		agentId: 'main',
		stopReason: 'tool_use',
		inputTokens: prompt,
		cacheReadTokens: 0,
		cacheWrite5mTokens: 0,
		...given,
	});

const opus = {endpoint: 'anthropic', sentModel: 'claude-opus-4-8'};

test.each<
	readonly [
		string,
		string | null,
		readonly Exchange[],
		ReturnType<typeof rewriteFor>,
	]
>([
	[
		'the newest prompt at the price of writing it',
		'deep',
		[asked(1, 90_000), asked(2, 100_000)],
		{tokens: 100_000, nanodollars: 625_000_000, sessions: 1},
	],
	[
		'the tokens alone where no price is known',
		'local',
		[asked(1, 100_000)],
		{tokens: 100_000, nanodollars: undefined, sessions: 1},
	],
	[
		'nothing where the target has it already',
		'main',
		[asked(1, 100_000)],
		{tokens: 0, nanodollars: 0, sessions: 0},
	],
	[
		'only what has come since the target was asked last',
		'deep',
		[asked(1, 80_000, opus), asked(2, 100_000)],
		{tokens: 20_000, nanodollars: 125_000_000, sessions: 1},
	],
	[
		'the prompts of all agents that still work',
		'deep',
		[asked(1, 30_000, {agentId: 'task-1'}), asked(2, 100_000)],
		{tokens: 130_000, nanodollars: 812_500_000, sessions: 1},
	],
	[
		'no prompt of an agent that has finished',
		'deep',
		[
			asked(1, 30_000, {agentId: 'task-1', stopReason: 'end_turn'}),
			asked(2, 100_000),
		],
		{tokens: 100_000, nanodollars: 625_000_000, sessions: 1},
	],
	[
		'the newest prompt also when its agent has finished',
		'deep',
		[asked(1, 100_000, {stopReason: 'end_turn'})],
		{tokens: 100_000, nanodollars: 625_000_000, sessions: 1},
	],
	[
		'the prompts of every live session, and none beside the conversations',
		'deep',
		[
			asked(1, 50_000, {session: 'another', stopReason: 'end_turn'}),
			asked(2, 100_000),
			asked(3, 500, {side: true}),
		],
		{tokens: 150_000, nanodollars: 937_500_000, sessions: 2},
	],
	[
		'no prompt of what does not follow the active alias',
		'deep',
		[
			asked(1, 50_000, {session: 'another', askedModel: 'claude-haiku-4-5'}),
			asked(2, 70_000, {session: 'a third', askedModel: 'fast'}),
			asked(3, 100_000),
		],
		{tokens: 100_000, nanodollars: 625_000_000, sessions: 1},
	],
	[
		'nothing known where nobody asked in the last five minutes',
		'deep',
		[asked(1, 100_000, {agoMs: 300_001})],
		undefined,
	],
	[
		'the model as asked at the endpoint of all that no alias decides',
		null,
		[asked(1, 60_000, {sentModel: 'claude-sonnet-4-6'}), asked(2, 100_000)],
		{tokens: 40_000, nanodollars: undefined, sessions: 1},
	],
])('a switch has to write %s', (_name, alias, exchanges, expected) => {
	const model = sampleModel({quiet: true}, [
		steers(),
		{kind: 'news', news: {revision: 9, exchanges, attempts: []}},
	]);
	expect(rewriteFor(model, alias)).toEqual(expected);
});
