import type {Change, WishName, Wishes} from '../control/steering.js';
import type {Model} from './model.js';
import {steeringOf} from './steering-of.js';

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
	readonly [Name in WishName]: Asked<Wishes[Name]> | undefined;
};

/**
Asks for a value: drawn as asked for at once, and written by whoever watches the model.
*/
export const asking = <Name extends WishName>(
	model: Model,
	name: Name,
	value: Wishes[Name],
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
export const pendingOf = <Name extends WishName>(
	model: Model,
	name: Name,
): Wishes[Name] | undefined => {
	const asked = model.asked[name];
	return asked && asked.problem === undefined ? asked.value : undefined;
};

/**
What is in force, as the passthrough says; undefined where it says nothing of it.
*/
export const inForce = <Name extends WishName>(
	model: Model,
	name: Name,
): Change<Wishes[Name]> | undefined =>
	steeringOf(model)?.[name] as Change<Wishes[Name]> | undefined;

/**
What is in force as soon as all that was asked for is confirmed.
*/
export const soonInForce = <Name extends WishName>(
	model: Model,
	name: Name,
): Wishes[Name] | undefined =>
	pendingOf(model, name) ?? inForce(model, name)?.value;

/**
A wish was written, or could not be.
*/
export function wished(
	model: Model,
	name: WishName,
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
	const {active, pause} = model.asked;
	const change = steeringOf(model)?.change ?? 0;
	const open = <One extends Asked<unknown>>(asked: One | undefined) =>
		asked?.change === undefined || asked.change > change ? asked : undefined;
	const asked: AskedFor = {active: open(active), pause: open(pause)};
	return asked.active === active && asked.pause === pause
		? model
		: {...model, asked};
}

/**
A passthrough applies what it reads within a tenth of a second.
*/
const patienceMs = 2000;

/**
Those that the passthrough does not confirm, or that could not be written.
*/
export const unanswered = (model: Model): readonly WishName[] =>
	(['pause', 'active'] as const).filter((name) => {
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
