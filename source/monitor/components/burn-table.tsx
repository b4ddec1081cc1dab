import {memo, useContext, type ReactElement, type ReactNode} from 'react';
import {Box, Text} from 'ink';
import {Table, type CellProps} from 'ink-table';
import {burnCell, burnTone, type BurnTable} from '../layout/burn-table.js';
import type {Palette, Tone} from '../theme.js';
import {PaletteContext} from './palette-context.js';

type TableProperties = Readonly<{table: BurnTable}>;

/**
Tokens per model, without borders; drawn again only when a figure has changed.
*/
export const BurnTableView = memo(
	({table}: TableProperties) => {
		const palette = useContext(PaletteContext);
		const titles = table.columns.map(({title}) => title);
		const data = table.rows.map((row) =>
			Object.fromEntries(titles.map((title, at) => [title, row[at] ?? ''])),
		);
		return (
			<Box
				flexDirection="column"
				flexShrink={0}
				height={table.rows.length + 1}
				overflow="hidden"
			>
				<Table
					// The table keeps the components it was first given, so another shape is another table.
					key={JSON.stringify([table.columns, table.faded])}
					data={data}
					columns={titles}
					skeleton={Nothing}
					header={headingOf(table, palette)}
					cell={cellOf(table, palette)}
				/>
			</Box>
		);
	},
	(before, after) =>
		JSON.stringify(before.table) === JSON.stringify(after.table),
);
BurnTableView.displayName = 'BurnTable';

const Nothing = (): ReactElement | null => null;

type Heading = (properties: Readonly<{children?: ReactNode}>) => ReactElement;

const textOf = (children: ReactNode): string =>
	typeof children === 'string' ? children.trim() : '';

/**
The table's own heading is blue also where no colour is wanted.
*/
const headingOf =
	(table: BurnTable, palette: Palette): Heading =>
	({children}) => {
		const title = textOf(children);
		const at = table.columns.findIndex((column) => column.title === title);
		return <Text {...palette.dim}>{burnCell(table, at, title)}</Text>;
	};

const cellOf =
	(table: BurnTable, palette: Palette) =>
	({column, children}: CellProps) => {
		const text = textOf(children);
		const tone: Tone = table.faded
			? 'dim'
			: burnTone(table.columns[column]?.title ?? '', text);
		return <Text {...palette[tone]}>{burnCell(table, column, text)}</Text>;
	};
