import type {Count} from '../../simulated/count.js';
import {figures, modelFigures} from './figures.js';

/**
Figures per model, with a last line for all of them.
*/
export function modelTable({total, models}: Count): string {
	const rows = Object.entries(models)
		.toSorted(([, one], [, other]) => other.requests - one.requests)
		.map(([model, count]) => [model, count] as const);
	return table([
		['model', ...modelFigures.map(({title}) => title)],
		...[...rows, ['total', total] as const].map(([model, count]) => [
			model,
			...modelFigures.map(({of}) => grouped(of(count))),
		]),
	]);
}

/**
What three who were there have counted.
*/
export function comparison(
	counts: Readonly<Record<'endpoint' | 'log' | 'agent', Count>>,
): string {
	const all = [counts.endpoint, counts.log, counts.agent].map(
		({total}) => total,
	);
	const counted = figures.filter(({of}) => all.some((count) => of(count) > 0));
	return table([
		['', ...Object.keys(counts)],
		...counted.map(({title, of}) => [
			title,
			...all.map((count) => grouped(of(count))),
		]),
	]);
}

/**
The first column stands left, figures stand right.
*/
function table(rows: ReadonlyArray<readonly string[]>): string {
	const widths = rows[0]!.map((_, at) =>
		Math.max(...rows.map((row) => row[at]!.length)),
	);
	return rows
		.map((row) =>
			row
				.map((cell, at) =>
					at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!),
				)
				.join('  ')
				.trimEnd(),
		)
		.join('\n');
}

/**
`1,506,427`
*/
export const grouped = (value: number): string => value.toLocaleString('en-US');
