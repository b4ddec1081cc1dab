import type {ModelPrice} from './config.js';
import {printable} from './printable.js';
import {readSection, type Report} from './read-section.js';
import {priceSettings} from './settings.js';
import {isTable, type Table} from './table.js';

/**
Reads `[prices.*]`. Leaves out what is wrong.
*/
export function readPrices(
	tables: ReadonlyArray<readonly [model: string, table: Table]>,
	report: Report,
): readonly ModelPrice[] {
	return tables.flatMap(([model, table]) => {
		const path = ['prices', model];
		if (model.trim() === '') {
			report({
				path,
				says: '[prices.""] names no model.',
				hint: 'Write the id of a model between the quotes.',
			});
			return [];
		}

		const dotted = dottedName(model, table);
		if (dotted !== undefined) {
			report({
				path,
				says: `[prices.${printable(dotted)}] has a dot outside of quotes, so it names no model.`,
				hint: `Write [prices."${printable(dotted)}"].`,
			});
			return [];
		}

		const price = readSection(priceSettings, {found: table, path}, report);
		return price === undefined ? [] : [{model, price}];
	});
}

/**
`[prices.gpt-5.4]` is a table `4` in a table `gpt-5`: the whole name, where it was written like that.
*/
function dottedName(name: string, table: Table): string | undefined {
	const within = Object.entries(table).find(([, value]) => isTable(value));
	if (within === undefined) {
		return undefined;
	}

	const [key, inner] = within as [string, Table];
	const whole = `${name}.${key}`;
	return dottedName(whole, inner) ?? whole;
}
