import {stringify} from 'csv-stringify/sync';
import {measureNames} from '../exchange/measures.js';
import {batches} from './lazily.js';
import type {Group, Summary} from './summary.js';

/**
The groups of a summary for a spreadsheet, in pieces, without a total: it would be summed again. Money in
whole nano-dollars. A name that a spreadsheet would run as a formula begins with an apostrophe.

@yields Whole lines.
*/
export function* summaryCsv({by, groups}: Summary): Generator<string> {
	yield linesOf([[by, ...measureNames]]);
	for (const batch of batches(groups, linesAtOnce)) {
		yield linesOf(batch.map((group) => cellsOf(group)));
	}
}

const linesAtOnce = 20;

const linesOf = (rows: ReadonlyArray<ReadonlyArray<string | number>>): string =>
	stringify([...rows], {record_delimiter: 'unix'});

const cellsOf = ({name, sums}: Group): ReadonlyArray<string | number> => [
	inert(name),
	...measureNames.map((measure) => sums[measure]),
];

/**
Only names come from elsewhere; a number below zero is no formula.
*/
const inert = (name: string): string =>
	/^[\t\r+\-=@＋－＝＠]/u.test(name) ? `'${name}` : name;
