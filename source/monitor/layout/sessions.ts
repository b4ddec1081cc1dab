import {showCount, showDuration} from '../../exchange/show.js';
import {isFresh} from '../connection.js';
import {keyName} from '../key-name.js';
import type {Model} from '../model.js';
import {
	areDearest,
	promptOf,
	sessionRows,
	type SessionRow,
} from '../session-list.js';
import type {Glyphs} from '../theme.js';
import {fitColumns, headingLine, rowLine, type Column} from './columns.js';
import {sumText, tokenSumText} from './cost-text.js';
import {barOf} from './day-models.js';
import {fold, shortModel, steady, widthOf} from './fit-text.js';
import {clip, lineWidth, toned, type Line} from './line.js';
import type {Overlay} from './overlays.js';
import type {Sheet} from './sheet.js';

/**
Today's sessions, the dearest first; `enter` lists the requests of the one that is marked.
*/
export function sessionsOverlay(sheet: Sheet): Overlay {
	const {model, width, glyphs} = sheet;
	const rows = sessionRows(model);
	const hint =
		width < 50
			? `${keyName(model, 'detail')} lists`
			: `${keyName(model, 'detail')} lists its requests  ${keyName(model, 'back')} back`;
	const title = rows.length === 0 ? 'sessions' : titleOf(model, rows);
	if (rows.length === 0) {
		return {
			title,
			hint: `${keyName(model, 'back')} back`,
			lines: emptyLines(width),
		};
	}

	const columns = fitColumns(columnsOf(model, rows, glyphs), width);
	const marked = Math.min(model.overlayAt, rows.length - 1);
	const look = (line: Line) => (isFresh(model) ? line : toned(line, 'dim'));
	return {
		title,
		hint,
		head: [clip(headingLine(columns, glyphs.cut), width, glyphs.cut)],
		lines: rows.map((row, index) => {
			const line = clip(
				rowLine(columns, row, {span: undefined, cut: glyphs.cut}),
				width,
				glyphs.cut,
			);
			return index === marked ? inverse(line, width) : look(line);
		}),
		marked: rows.length,
	};
}

/**
No more than the dearest are read; whoever has so many looks for no sum of them here.
*/
const titleOf = ({sessions}: Model, rows: readonly SessionRow[]): string =>
	areDearest(sessions)
		? `the ${sessions.length} dearest sessions`
		: rows.length === 1
			? '1 session today'
			: `${rows.length} sessions today`;

const emptyLines = (width: number): readonly Line[] => [
	[],
	...[
		'No session today yet.',
		'One appears when an agent that tells its session asks for the first time.',
	].flatMap((text, index) =>
		fold(text, width).map((part): Line => [
			[part, index === 0 ? 'plain' : 'dim'],
		]),
	),
];

const inverse = (line: Line, width: number): Line => [
	[
		line.map(([text]) => text).join('') +
			' '.repeat(Math.max(0, width - lineWidth(line))),
		'inverse',
	],
];

function columnsOf(
	model: Model,
	rows: readonly SessionRow[],
	glyphs: Glyphs,
): ReadonlyArray<Column<SessionRow>> {
	const {weigh, most} = weightOf(rows);
	const longest = (textOf: (row: SessionRow) => string): number =>
		Math.max(...rows.map((row) => widthOf(textOf(row))));
	const hasKeys = new Set(rows.map(({key}) => key)).size > 1;
	return [
		{
			title: '',
			width: 1,
			rank: 0,
			cell: ({open}) => (open > 0 ? glyphs.streaming : ' '),
			tone: () => 'good',
		},
		{
			title: 'SESSION',
			width: 8,
			rank: 0,
			cell: ({session}) => idText(session, glyphs),
			tone: ({open, session}) =>
				session === '' ? 'dim' : open > 0 ? 'good' : 'plain',
		},
		{
			title: 'MODEL',
			width: 10,
			rank: 5,
			growsTo: longest(({model: name}) => steady(name ?? '-', glyphs)),
			cell: ({model: name}, room) =>
				shortModel(steady(name ?? '-', glyphs), room, glyphs.cut),
		},
		{
			title: 'FROM',
			width: 8,
			rank: 8,
			growsTo: longest((row) => fromText(row, glyphs)),
			cell: (row) => fromText(row, glyphs),
			tone: () => 'dim',
		},
		...(hasKeys
			? [
					{
						title: 'KEY',
						width: 7,
						rank: 9,
						growsTo: longest(({key}) => steady(key ?? '-', glyphs)),
						cell: ({key}: SessionRow) => steady(key ?? '-', glyphs),
						tone: () => 'dim' as const,
					},
				]
			: []),
		figure('REQ', 2, ({requests}) =>
			requests === undefined ? '-' : showCount(requests),
		),
		figure('IN', 4, ({sums}) =>
			sums === undefined ? '-' : showCount(promptOf(sums)),
		),
		figure('OUT', 3, ({sums}) =>
			sums === undefined
				? '-'
				: tokenSumText(
						sums.outputTokens,
						{unproven: sums.partial + sums.missing},
						glyphs,
					),
		),
		{
			...figure('COST', 0, (row) => costOf(row, glyphs)),
			width: 8,
			tone: ({sums}) =>
				sums !== undefined && sums.unpriced > 0 && sums.costNanodollars === 0
					? 'warn'
					: 'bold',
		},
		{
			title: 'SHARE',
			width: 6,
			rank: 6,
			growsTo: 30,
			cell: (row, room) =>
				barOf(most > 0 ? weigh(row) / most : 0, room, glyphs),
		},
		figure('AGE', 1, ({activeAtMs, open}) =>
			open > 0
				? isFresh(model)
					? 'now'
					: '-'
				: activeAtMs === undefined
					? '-'
					: showDuration(model.nowMs - activeAtMs),
		),
	];
}

const figure = (
	title: string,
	rank: number,
	cell: (row: SessionRow) => string,
): Column<SessionRow> => ({title, rank, width: 5, align: 'right', cell});

/**
The beginning of its id, as the list shows it.
*/
const idText = (session: string, glyphs: Glyphs): string =>
	session === '' ? 'none' : steady(session.slice(0, 8), glyphs);

function fromText({client, agents}: SessionRow, glyphs: Glyphs): string {
	const program = /^[^\s\(\/]+/v.exec(client ?? '')?.[0];
	const several = agents > 1 ? `${agents} agents` : '';
	return steady([program, several].filter(Boolean).join(', '), glyphs) || '-';
}

const costOf = ({sums}: SessionRow, glyphs: Glyphs): string =>
	sums === undefined
		? '-'
		: sumText(
				{
					costNanodollars: sums.costNanodollars,
					unpriced: sums.unpriced,
					unproven: sums.partial + sums.missing,
				},
				glyphs,
			);

/**
By cost; where nothing has a price, by tokens. The longest bar is that of the most.
*/
function weightOf(
	rows: readonly SessionRow[],
): Readonly<{weigh: (row: SessionRow) => number; most: number}> {
	const byCost = rows.some(({sums}) => (sums?.costNanodollars ?? 0) > 0);
	const weigh = ({sums}: SessionRow): number =>
		sums === undefined
			? 0
			: byCost
				? sums.costNanodollars
				: promptOf(sums) + sums.outputTokens;
	return {weigh, most: Math.max(...rows.map((row) => weigh(row)))};
}
