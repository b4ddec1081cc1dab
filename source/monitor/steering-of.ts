import type {PublishedConfig} from '../control/passthrough-row.js';
import type {Steering} from '../control/steering.js';
import {configOf, identityOf} from './connection.js';
import type {Model} from './model.js';

/**
How the passthrough steers, by its row beside the log, or by its port where the row stands still.
Undefined where it says nothing of it.
*/
export function steeringOf(model: Model): Steering | undefined {
	const identity = identityOf(model);
	const row = model.passthrough;
	const said = identity?.steering;
	const written =
		row && (!identity || row.instance === identity.instance)
			? (row.steering ?? undefined)
			: undefined;
	if (!said || !written) {
		return written ?? said;
	}

	if (written.change !== said.change) {
		return written.change > said.change ? written : said;
	}

	return row!.heartbeatAt >= (model.heardAtMs ?? 0) ? written : said;
}

/**
What somebody decided and the passthrough has taken, or not: all that it says but how its endpoints
stand. The same text while nothing of it changes.
*/
export function decided(model: Model): string {
	const {change, configReadAt, configProblem, needsRestart} =
		steeringOf(model) ?? {};
	return JSON.stringify([change, configReadAt, configProblem, needsRestart]);
}

/**
Warnings of the passthrough that were not put away here.
*/
export const warningsLeft = (model: Model): readonly string[] =>
	(steeringOf(model)?.warnings ?? []).filter(
		(text) => !model.hiddenWarnings.includes(text),
	);

export type Alias = PublishedConfig['aliases'][number];

export const aliasNamed = (
	model: Model,
	name: string | null,
): Alias | undefined =>
	configOf(model)?.aliases.find((alias) => alias.name === name);

/**
What can be switched to, in the order of the config; at the end null, for as asked.
*/
export const choices = (model: Model): ReadonlyArray<string | null> => [
	...(configOf(model)?.aliases ?? []).map(({name}) => name),
	null,
];

/**
The model of `endpoint/model`.
*/
export const modelIn = (target: string): string => targetParts(target).model;

/**
`endpoint/model` in its two parts; ids of models may have more slashes.
*/
export function targetParts(target: string): {
	endpoint: string;
	model: string;
} {
	const at = target.indexOf('/');
	return at === -1
		? {endpoint: '', model: target}
		: {endpoint: target.slice(0, at), model: target.slice(at + 1)};
}
