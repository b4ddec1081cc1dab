import {asAsked} from '../../exchange/as-asked.js';
import type {PublishedConfig} from '../../control/passthrough-row.js';
import {type Active} from '../../control/steering.js';
import {showCents} from '../../exchange/show.js';

type Aliases = PublishedConfig['aliases'];

/**
A line for each alias, the active one marked, and one for none.
*/
export function aliasLines(
	aliases: Aliases,
	{alias: active}: Active,
): readonly string[] {
	const rows = [
		...aliases.map((alias) => ({
			name: alias.name,
			is: alias.name === active,
			means: `${alias.targets.join(', then ')}${pricedAt(alias)}`,
		})),
		{
			name: asAsked,
			is: active === null,
			means: 'leaves the model as it is asked for',
		},
	];
	const width = Math.max(...rows.map(({name}) => name.length));
	return rows.map(
		({name, is, means}) => `${is ? '*' : ' '} ${name.padEnd(width)}  ${means}`,
	);
}

/**
Of the first target: the others come in where it fails.
*/
const pricedAt = ({price, targets}: Aliases[number]): string =>
	price
		? ` (${targets.length > 1 ? 'the first ' : ''}${showCents(price.input)} in, ${showCents(price.output)} out a million tokens)`
		: '';
