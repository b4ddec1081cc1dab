import type {Active, Change, Pause} from '../control/steering.js';
import type {CapChange} from './cap-change.js';
import type {Model} from './model.js';
import {steeringOf} from './steering-of.js';

/**
What can be asked of the passthrough, by name.
*/
export type Asks = Readonly<{active: Active; pause: Pause; caps: CapChange}>;
export type AskName = keyof Asks;
export const askNames: readonly AskName[] = ['pause', 'active', 'caps'];
export const nothingAsked: AskedFor = {
	active: undefined,
	pause: undefined,
	caps: undefined,
};

/**
A wish that the passthrough has not confirmed.
*/
export type Asked<Value> = Readonly<{
	value: Value;
	askedAtMs: number;
	/**
	The number it was written under; undefined until it is written.
	*/
	change: number | undefined;
	/**
	Why it could not be written.
	*/
	problem: string | undefined;
}>;

export type AskedFor = {
	readonly [Name in AskName]: Asked<Asks[Name]> | undefined;
};

/**
Asks for a value: drawn as asked for at once, and written by whoever watches the model.
*/
export const asking = <Name extends AskName>(
	model: Model,
	name: Name,
	value: Asks[Name],
): Model => ({
	...model,
	asked: {
		...model.asked,
		[name]: {
			value,
			askedAtMs: model.nowMs,
			change: undefined,
			problem: undefined,
		},
	},
});

/**
The value that was asked for and is still to come.
*/
export const pendingOf = <Name extends AskName>(
	model: Model,
	name: Name,
): Asks[Name] | undefined => {
	const asked = model.asked[name];
	return asked && asked.problem === undefined ? asked.value : undefined;
};

/**
What is in force, as the passthrough says; undefined where it says nothing of it.
*/
export const inForce = <Name extends 'active' | 'pause'>(
	model: Model,
	name: Name,
): Change<Asks[Name]> | undefined =>
	steeringOf(model)?.[name] as Change<Asks[Name]> | undefined;

/**
What is in force as soon as all that was asked for is confirmed.
*/
export const soonInForce = <Name extends 'active' | 'pause'>(
	model: Model,
	name: Name,
): Asks[Name] | undefined =>
	pendingOf(model, name) ?? inForce(model, name)?.value;

/**
A wish was written, or could not be.
*/
export function wished(
	model: Model,
	name: AskName,
	came: Readonly<{change: number} | {problem: string}>,
): Model {
	const asked = model.asked[name];
	if (!asked) {
		return model;
	}

	return settled({
		...model,
		asked: {
			...model.asked,
			[name]: {...asked, askedAtMs: model.nowMs, ...came},
		},
	});
}

/**
Forgets what was asked for once the passthrough says that it, or something newer, is in force.
*/
export function settled(model: Model): Model {
	const {active, pause, caps} = model.asked;
	const change = steeringOf(model)?.change ?? 0;
	const open = <One extends Asked<unknown>>(asked: One | undefined) =>
		asked?.change === undefined || asked.change > change ? asked : undefined;
	const asked: AskedFor = {
		active: open(active),
		pause: open(pause),
		caps: open(caps),
	};
	if (askNames.every((name) => asked[name] === model.asked[name])) {
		return model;
	}

	return caps !== undefined && asked.caps === undefined
		? {...model, asked, capChanged: {key: caps.value.key, atMs: model.nowMs}}
		: {...model, asked};
}

/**
A passthrough applies what it reads within a tenth of a second.
*/
const patienceMs = 2000;

/**
Those that the passthrough does not confirm, or that could not be written.
*/
export const unanswered = (model: Model): readonly AskName[] =>
	askNames.filter((name) => {
		const asked = model.asked[name];
		return (
			asked !== undefined &&
			(asked.problem !== undefined ||
				// Whoever writes it says himself that he could not.
				(asked.change !== undefined &&
					model.nowMs - asked.askedAtMs >= patienceMs))
		);
	});

export {patienceMs};
