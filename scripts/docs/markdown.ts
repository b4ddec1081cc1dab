import stringWidth from 'string-width';

/**
A Markdown table. Cells hold Markdown; a bar in one is escaped.
*/
export function markdownTable(
	titles: readonly string[],
	rows: ReadonlyArray<readonly string[]>,
): string {
	return [titles, titles.map(() => '---'), ...rows]
		.map((cells) => line(cells.map((cell) => escaped(cell))))
		.join('\n');
}

export const code = (text: string): string => `\`${text}\``;

export const codes = (texts: readonly string[]): string =>
	texts.map((text) => code(text)).join(', ');

/**
The same text with the columns of its tables below each other, as lint wants them.
*/
export function aligned(markdown: string): string {
	return markdown.replaceAll(/^\|.*\|$(?:\n\|.*\|$)*/gm, (table) =>
		alignedTable(table.split('\n').map((row) => cellsOf(row))),
	);
}

function alignedTable(rows: ReadonlyArray<readonly string[]>): string {
	const widths = rows[0]!.map((_, column) =>
		Math.max(3, ...rows.map((row) => stringWidth(row[column]!))),
	);
	return rows
		.map((row) =>
			line(
				row.map((cell, column) =>
					padded(cell, {width: widths[column]!, isRule: cell === '---'}),
				),
			),
		)
		.join('\n');
}

const padded = (
	cell: string,
	{width, isRule}: Readonly<{width: number; isRule: boolean}>,
): string =>
	cell + (isRule ? '-' : ' ').repeat(Math.max(0, width - stringWidth(cell)));

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const escaped = (cell: string): string => cell.replaceAll('|', String.raw`\|`);

const cellsOf = (row: string): readonly string[] =>
	row
		.slice(1, -1)
		.split(/(?<!\\)\|/)
		.map((cell) => cell.trim());
