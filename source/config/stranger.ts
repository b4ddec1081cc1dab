import {nearest} from './nearest.js';
import {printable} from './printable.js';
import {either, pathText} from './problem.js';
import type {Report} from './read-section.js';
import type {Path} from './toml-lines.js';

/**
Reports a name that nothing in the config has. `what` it should be the name of: `the endpoint`.
*/
export function reportStranger(
	name: string,
	{
		path,
		what,
		names,
		setting = path.filter((key) => typeof key === 'string'),
	}: {path: Path; what: string; names: readonly string[]; setting?: Path},
	report: Report,
): void {
	if (names.includes(name)) {
		return;
	}

	const near = nearest(name, names);
	report({
		path,
		says: `${pathText(setting)} names ${what} "${printable(name)}", which does not exist.`,
		hint: `${near ? `Did you mean "${near}"? ` : ''}The config has ${either(names).replace(/ or (?=[^ ]*$)/, ' and ')}.`,
	});
}
