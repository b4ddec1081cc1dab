import {stringify} from 'csv-stringify/sync';
import {measureNames} from '../exchange/measures.js';
import type {Summary} from './summary.js';

/**
The groups of a summary for a spreadsheet, without a total: it would be summed again. Money in whole
nano-dollars. A name that a spreadsheet would run as a formula begins with an apostrophe.
*/
export const summaryCsv = ({by, groups}: Summary): string =>
	stringify(
		[
			[by, ...measureNames],
			...groups.map(({name, sums}) => [
				inert(name),
				...measureNames.map((measure) => sums[measure]),
			]),
		],
		{record_delimiter: 'unix'},
	);

/**
Only names come from elsewhere; a number below zero is no formula.
*/
const inert = (name: string): string =>
	/^[\t\r+\-=@＋－＝＠]/u.test(name) ? `'${name}` : name;
