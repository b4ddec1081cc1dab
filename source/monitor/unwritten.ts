import {isBusy} from '../usage-log/trouble.js';
import {askNames, type AskName} from './asked.js';
import type {CapAnswer} from './cap-answers.js';
import {capAfter} from './cap-change.js';
import type {Model} from './model.js';
import type {Order} from './orders.js';
import type {Message} from './update.js';
import type {MonitorWorld} from './world.js';

/**
Something that the user wants and that does not stand beside the log yet.
*/
export type Unwritten = Readonly<{
	name: string;
	/**
	The same while the same is wanted under this name.
	*/
	asked: string;
	/**
	Answers the number of the change; undefined for what has none, or in a monitor that only looks.
	*/
	write(world: MonitorWorld): {change: number} | undefined;
	told(came: Came, nowMs: number): Message;
}>;

export type Came = Readonly<
	{change: number} | {problem: string; isBusy?: true}
>;

export const unwritten = (model: Model): readonly Unwritten[] => [
	...askNames.flatMap((name) => wanted(model, name) ?? []),
	...model.answers
		.filter(({isWritten, problem}) => !isWritten && problem === undefined)
		.map((answer) => given(answer)),
	...model.orders
		.filter(({isWritten, problem}) => !isWritten && problem === undefined)
		.map((order) => toldTo(order)),
];

/**
Tries to write it.
*/
export function written(one: Unwritten, world: MonitorWorld): Came {
	try {
		return one.write(world) ?? {problem: 'this monitor only looks'};
	} catch (error) {
		const problem = error instanceof Error ? error.message : String(error);
		return isBusy((error as {cause?: unknown}).cause)
			? {problem, isBusy: true}
			: {problem};
	}
}

function wanted(model: Model, name: AskName): Unwritten | undefined {
	const asked = model.asked[name];
	return asked?.change === undefined && asked?.problem === undefined && asked
		? {
				name,
				asked: JSON.stringify([asked.value, asked.askedAtMs]),
				write: (world) => numbered(writeAsked(model, name, world)),
				told: (came, nowMs) => ({kind: 'wished', name, came, nowMs}),
			}
		: undefined;
}

const numbered = (change: number | undefined) =>
	change === undefined ? undefined : {change};

function writeAsked(
	{asked: {caps, pause, active}}: Model,
	name: AskName,
	world: MonitorWorld,
): number | undefined {
	switch (name) {
		case 'caps': {
			const {value} = caps!;
			return world.changeCap?.(value.key, (before) => capAfter(before, value));
		}

		case 'pause': {
			return world.wish?.(name, pause!.value);
		}

		case 'active': {
			return world.wish?.(name, active!.value);
		}
	}
}

const given = ({exchange, decision}: CapAnswer): Unwritten => ({
	name: `answer ${exchange}`,
	asked: decision.kind,
	write({decide}) {
		decide?.(exchange, decision);
		// It has no number: that it was followed is seen by the request.
		return decide && {change: 0};
	},
	told: (came, nowMs) => ({
		kind: 'answerCame',
		exchange,
		problem: 'problem' in came ? came.problem : undefined,
		nowMs,
	}),
});

const toldTo = ({exchange, kind, askedAtMs}: Order): Unwritten => ({
	name: `order ${exchange}`,
	asked: JSON.stringify([kind, askedAtMs]),
	write({decide}) {
		decide?.(exchange, {kind});
		// That it was followed is seen by the request, as with an answer.
		return decide && {change: 0};
	},
	told: (came, nowMs) => ({
		kind: 'orderCame',
		order: {exchange, kind},
		problem: 'problem' in came ? came.problem : undefined,
		nowMs,
	}),
});
