import {asAsked} from '../exchange/as-asked.js';
import {printable} from './printable.js';

/**
What is wrong with the name of an alias; undefined where nothing is. `earlier`: the names before it in
the file.
*/
export function aliasNameProblem(
	name: string,
	{
		earlier,
		isModel,
	}: {earlier: readonly string[]; isModel: (name: string) => boolean},
): Readonly<{says: string; hint: string}> | undefined {
	if (name.toLowerCase() === asAsked) {
		return {
			says: `"${printable(name)}" cannot be the name of an alias: it means "no alias".`,
			hint: 'Choose another name.',
		};
	}

	if (!/^[\w\-.]+$/.test(name)) {
		return {
			says: `"${printable(name)}" cannot be the name of an alias.`,
			hint: 'Use letters, digits, "-", "_" and ".".',
		};
	}

	const twin = earlier.find((one) => one.toLowerCase() === name.toLowerCase());
	if (twin !== undefined) {
		return {
			says: `The aliases "${twin}" and "${name}" have one name: capitals make no difference between them.`,
			hint: 'Give one of them another name.',
		};
	}

	return isModel(name)
		? {
				says: `"${name}" cannot be the name of an alias: it is the name of a model.`,
				hint: `Who asks for that model would get the alias. Choose another name, like "my-${name}".`,
			}
		: undefined;
}
