import type {Errand} from './ask.js';
import {
	createConversation,
	lifelike,
	small,
	type Conversation,
	type Size,
} from './conversation.js';
import {
	chatErrand,
	countErrand,
	helloErrand,
	responsesErrand,
	titleErrand,
	turnErrand,
	type Identity,
} from './errands.js';
import type {Random} from './random.js';

export type Habits = Readonly<{
	random: Random;
	apiKey: string;
	/**
	At 0 nobody waits, bodies are small, and who leaves is stalled first: see `leaving`.
	*/
	pace: number;
}>;

const mainModels = [
	'claude-opus-5-5',
	'claude-sonnet-4-6',
	'claude-sonnet-4-6',
] as const;
const smallModel = 'claude-haiku-4-5';

/**
What one developer's agent asks, session after session, without an end. Chance decides it all.

@yields The next thing to ask, whatever came of the one before.
*/
export function* codingSessions(habits: Habits): Generator<Errand, never> {
	for (;;) {
		yield* codingSession(habits);
	}
}

function* codingSession(habits: Habits): Generator<Errand> {
	const {random, apiKey} = habits;
	const conversation = createConversation(random, sizeFor(habits));
	const who = {session: uuid(random), apiKey};
	const model = random.pick(mainModels);
	const turns = random.between(3, 14);

	yield helloErrand(who);
	yield titleErrand(conversation.system.slice(0, 2400), who, smallModel);
	for (let turn = 0; turn < turns && !conversation.full(); turn += 1) {
		yield* oneTurn(conversation, who, {model, habits});
	}
}

function* oneTurn(
	conversation: Conversation,
	who: Identity,
	{model, habits}: {model: string; habits: Habits},
): Generator<Errand> {
	const {random} = habits;
	conversation.say();
	const leaves = random.chance(0.03) ? leaving(habits) : undefined;
	yield turnErrand(conversation, who, {
		model,
		stream: leaves !== undefined || !random.chance(0.04),
		leaves,
		pauseMs: random.between(500, 6000),
	});
	for (let left = random.between(0, 4); left > 0; left -= 1) {
		conversation.work();
		yield turnErrand(conversation, who, {
			model,
			pauseMs: random.between(50, 900),
		});
	}

	if (random.chance(0.12)) {
		yield* subagent(who, habits);
	}

	if (random.chance(0.12)) {
		yield random.chance(0.6)
			? chatErrand(conversation, who, {
					model: random.pick(['gpt-5.4', 'glm-5.3']),
					stream: random.chance(0.8),
				})
			: responsesErrand(conversation, who, {
					model: 'gpt-5.4',
					stream: random.chance(0.8),
				});
	}

	if (random.chance(0.06)) {
		yield countErrand(conversation, who, model);
	}
}

function* subagent(who: Identity, habits: Habits): Generator<Errand> {
	const {random} = habits;
	const conversation = createConversation(random, small);
	const agentId = random.letters(12);
	const model = random.pick([smallModel, 'claude-sonnet-4-6']);
	conversation.say();
	for (let left = random.between(2, 4); left > 0; left -= 1) {
		yield turnErrand(conversation, {...who, agentId}, {model});
		conversation.work();
	}
}

/**
Leaving in mid-answer. Where nothing takes time the endpoint is asked to stop after its first
events, so that it is known what was said before.
*/
function leaving({random, pace}: Habits) {
	return pace === 0
		? {after: 1, simulate: `stall; after=${random.between(1, 4)}`}
		: {after: random.between(1500, 7000), simulate: undefined};
}

function sizeFor({random, pace}: Habits): Size {
	const large = random.chance(0.02);
	return large || pace > 0 ? lifelike : small;
}

function uuid(random: Random): string {
	const hex = Array.from({length: 32}, () =>
		random.between(0, 15).toString(16),
	).join('');
	const parts = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`];
	return [...parts, `a${hex.slice(17, 20)}`, hex.slice(20)].join('-');
}
