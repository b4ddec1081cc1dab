import type {Count, ModelCount} from '../../simulated/count.js';
import {figures} from './figures.js';

/**
Where two counts differ, in total or for one model: a sentence each, none where they agree.
*/
export function differences(expected: Count, found: Count): readonly string[] {
	const models = new Set([
		...Object.keys(expected.models),
		...Object.keys(found.models),
	]);
	return [
		...between('in all', expected.total, found.total),
		...[...models].flatMap((model) =>
			between(model, expected.models[model], found.models[model]),
		),
	];
}

function between(
	where: string,
	expected: ModelCount | undefined,
	found: ModelCount | undefined,
): readonly string[] {
	return figures.flatMap(({title, of}) => {
		const one = expected ? of(expected) : 0;
		const other = found ? of(found) : 0;
		return one === other
			? []
			: [`${where}: ${title} ${one} at the endpoint, ${other} in the log`];
	});
}
