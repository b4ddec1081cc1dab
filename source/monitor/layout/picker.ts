import type {Model} from '../model.js';
import type {Glyphs} from '../theme.js';
import {fitColumns, headingLine, rowLine} from './columns.js';
import {clip, lineWidth, type Line} from './line.js';
import {choicesOf} from './picker-choices.js';
import {pickerColumns} from './picker-columns.js';
import {pickerNotes, riskNotes} from './picker-notes.js';

type Place = Readonly<{width: number; height: number; glyphs: Glyphs}>;

/**
The aliases to pick from: number, name, model, what they cost, what switching would cost now, and what may go
wrong then. Below them what there is to say of the picked one: its dangers first, for which rows give way.
*/
export function pickerLines(
	model: Model,
	{width, height, glyphs}: Place,
): readonly Line[] {
	const all = choicesOf(model);
	const columns = fitColumns(
		pickerColumns(all, {model, width, glyphs}),
		Math.max(1, width),
	);
	const at = Math.max(
		0,
		all.findIndex(({alias}) => alias === model.picked),
	);
	const titles = columns.map(({title}) => title);
	const risks = riskNotes(all[at], {width, glyphs});
	const kept = height < leastForRisks ? 0 : Math.min(2, risks.length);
	const head = height < 2 ? [] : [headingLine(columns, glyphs.cut)];
	const room = Math.max(1, Math.min(all.length, height - 1 - kept));
	const first = Math.max(
		0,
		Math.min(at - Math.floor(room / 2), all.length - room),
	);
	const rows = all.slice(first, first + room).map((choice, index): Line => {
		const line = rowLine(columns, choice, {span: undefined, cut: glyphs.cut});
		return first + index === at ? inverse(line, width) : line;
	});
	const notes = [
		...risks,
		...pickerNotes(model, all[at], {width, glyphs, titles}),
	];
	const free = height - 1 - rows.length;
	return [
		...head,
		...rows,
		...(free > notes.length || free > 2 ? [[]] : []),
		...notes,
	]
		.slice(0, Math.max(1, height))
		.map((line) => clip(line, width, glyphs.cut));
}

const leastForRisks = 5;

const inverse = (line: Line, width: number): Line => [
	[
		line.map(([text]) => text).join('') +
			' '.repeat(Math.max(0, width - lineWidth(line))),
		'inverse',
	],
];
