import {isOpen} from '../row-state.js';
import type {Model} from '../model.js';

/**
Ids of models that can be asked for, as far as the monitor has seen: aliases and their targets, and
what has answered.
*/
export function knownModels({
	supervisor,
	passthrough,
	totals,
	exchanges,
}: Model): ReadonlySet<string> {
	const config =
		'identity' in supervisor ? supervisor.identity.config : passthrough?.config;
	const served = Array.from(exchanges.values())
		.filter((exchange) => !isOpen(exchange))
		.map(({servedModel}) => servedModel ?? '');
	return new Set([
		...(config?.aliases ?? []).flatMap(({name, targets}) => [
			name,
			// `endpoint/model`; ids may have more slashes.
			...targets.map((target) => target.slice(target.indexOf('/') + 1)),
		]),
		...totals
			.filter(({inputTokens, outputTokens}) => inputTokens + outputTokens > 0)
			.map(({model}) => model),
		...served,
	]);
}
