import type {KeyStanding} from '../control/steering.js';
import {
	cappedKeys,
	isReached,
	measuresOf,
	shareOf,
	type CapMeasure,
} from './caps.js';
import type {Model} from './model.js';

/**
Which steps of `warn_at` each key has passed today, as seen from here.
*/
export type CapSteps = Readonly<{
	/**
	By key: the beginning of the day, and how many of its steps.
	*/
	passed: Readonly<Record<string, Readonly<{from: number; steps: number}>>>;
	/**
	What is told of for a moment.
	*/
	told: ReadonlyArray<
		Readonly<{measure: CapMeasure; step: number; untilMs: number}>
	>;
	/**
	How often the bell was due in this sitting.
	*/
	bells: number;
}>;

export const noSteps: CapSteps = {passed: {}, told: [], bells: 0};

const toldMs = 10_000;

/**
Takes notice of the steps that were passed since the last time: each once a day, and none that was passed
before it was first looked at. The cap itself is the last step, and has a banner of its own.
*/
export function stepsNoticed(model: Model): Model {
	const {capSteps} = model;
	let {bells} = capSteps;
	const told = capSteps.told.filter(({untilMs}) => untilMs > model.nowMs);
	const passed: Record<string, {from: number; steps: number}> = {};
	for (const key of cappedKeys(model)) {
		const measure = measuresOf(key)[0]!;
		const steps = stepsOf(key);
		const count = isReached(measure)
			? steps.length
			: steps.filter((step) => step <= shareOf(measure)).length;
		const known = capSteps.passed[key.name];
		const before = known?.from === key.from ? known.steps : 0;
		passed[key.name] = {from: key.from, steps: Math.max(before, count)};
		if (known === undefined || count <= before) {
			continue;
		}

		bells++;
		const step = steps[count - 1]!;
		if (step === 1) {
			continue;
		}

		told.push({measure, step, untilMs: model.nowMs + toldMs});
	}

	const next: CapSteps = {
		passed: {...capSteps.passed, ...passed},
		told,
		bells,
	};
	return isSame(next, capSteps) ? model : {...model, capSteps: next};
}

const stepsOf = ({warnAt}: KeyStanding): readonly number[] => [
	...warnAt.filter((step) => step > 0 && step < 1).toSorted((a, b) => a - b),
	1,
];

const isSame = (one: CapSteps, other: CapSteps): boolean =>
	one.bells === other.bells &&
	one.told.length === other.told.length &&
	Object.entries(one.passed).every(
		([name, {from, steps}]) =>
			other.passed[name]?.from === from && other.passed[name].steps === steps,
	);
