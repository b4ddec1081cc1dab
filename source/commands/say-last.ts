import process from 'node:process';
import {fold} from '../monitor/layout/fit-text.js';

/**
Writes what stays in the scrollback, broken between words where the terminal is narrow. The terminal may be gone:
then there is nobody to tell.
*/
export function sayLast(text: string): void {
	process.stdout.on('error', () => {
		// As said above.
	});
	process.stdout.write(
		text
			.split('\n')
			.flatMap((line) => foldedLine(line, process.stdout.columns))
			.join('\n'),
	);
}

/**
A command stays whole: it is copied.
*/
export const foldedLine = (
	line: string,
	columns: number | undefined,
): readonly string[] =>
	columns === undefined || line.includes(': tollgate ')
		? [line]
		: fold(line, columns);
