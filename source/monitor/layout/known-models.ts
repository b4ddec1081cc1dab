import {configOf} from '../connection.js';
import {isOpen} from '../row-state.js';
import type {Model} from '../model.js';
import {modelIn} from '../steering-of.js';

/**
Ids of models that can be asked for, as far as the monitor has seen: aliases and their targets, and
what has answered.
*/
export function knownModels(model: Model): ReadonlySet<string> {
	const {totals, exchanges} = model;
	const served = Array.from(exchanges.values())
		.filter((exchange) => !isOpen(exchange))
		.map(({servedModel}) => servedModel ?? '');
	return new Set([
		...(configOf(model)?.aliases ?? []).flatMap(({name, targets}) => [
			name,
			...targets.map((target) => modelIn(target)),
		]),
		...totals
			.filter(({inputTokens, outputTokens}) => inputTokens + outputTokens > 0)
			.map((one) => one.model),
		...served,
	]);
}
