import {selectedEntry} from '../exchange-list.js';
import type {OverlayName} from '../overlay.js';
import {detailLines} from './detail.js';
import {helpLines} from './help.js';
import {clip, lineWidth, rule, type Line} from './line.js';
import {pickerLines} from './picker.js';
import type {Sheet} from './sheet.js';

/**
What lies over the list. Of what is longer than the pane a part is shown: from `overlayAt` on, or, where
rows can be marked, the part around the marked one.
*/
export type Overlay = Readonly<{
	title: string;
	/**
	At the right of the title, where there is room for it.
	*/
	hint: string;
	/**
	Stays where it is while the rest moves.
	*/
	head?: readonly Line[];
	lines: readonly Line[];
	/**
	How many of the lines, from the first on, can be marked; undefined: none, and all of them move.
	*/
	marked?: number;
}>;

const overlays: Readonly<
	Record<OverlayName, (sheet: Sheet) => Overlay | undefined>
> = {
	none: () => undefined,
	help: ({model, width, glyphs}) => ({
		title: 'keys',
		hint: 'esc back',
		lines: helpLines(model, width, glyphs),
	}),
	picker: ({model, width, height, glyphs}) => ({
		title: 'active alias',
		hint: width < 44 ? 'esc keeps' : 'enter uses  esc keeps',
		lines: pickerLines(model, {width, height: height - 1, glyphs}),
	}),
	detail: (sheet) => ({...detailOf(sheet), hint: 'esc back'}),
	day: () => undefined,
	sessions: () => undefined,
	errors: () => undefined,
};

const detailOf = ({
	model,
	entries,
	width,
	glyphs,
}: Sheet): Readonly<{title: string; lines: readonly Line[]}> => {
	const entry = selectedEntry(model, entries);
	return entry === undefined
		? {title: 'request', lines: []}
		: {
				title: `request ${entry.exchange.id}`,
				lines: detailLines(model, entry, {width, glyphs}),
			};
};

/**
The selected exchange beside the list, or the first one.
*/
export function detailBeside(sheet: Sheet): readonly Line[] {
	const {width, glyphs} = sheet;
	const {title, lines} = detailOf(sheet);
	return [rule(title, [], {width, glyphs}), ...lines];
}

/**
Its lines, at most as many as there is room for. Undefined while nothing lies over the list.
*/
export function overlayLines(sheet: Sheet): readonly Line[] | undefined {
	const overlay = overlays[sheet.model.overlay](sheet);
	if (overlay === undefined) {
		return undefined;
	}

	const {lines, head = []} = overlay;
	const room = roomIn(overlay, sheet);
	const first = firstShown(overlay, sheet);
	return [
		titleLine(overlay, sheet, Math.max(0, lines.length - first - room)),
		...head,
		...lines.slice(first, first + room),
	];
}

/**
The last row that can be marked, or the last line that can stand at the top.
*/
export function overlayEnd(sheet: Sheet): number {
	const overlay = overlays[sheet.model.overlay](sheet);
	return overlay === undefined
		? 0
		: Math.max(
				0,
				overlay.marked === undefined
					? overlay.lines.length - roomIn(overlay, sheet)
					: overlay.marked - 1,
			);
}

const roomIn = ({head = []}: Overlay, {height}: Sheet): number =>
	Math.max(0, height - 1 - head.length);

function firstShown(overlay: Overlay, sheet: Sheet): number {
	const {lines, marked} = overlay;
	const room = roomIn(overlay, sheet);
	const {overlayAt} = sheet.model;
	const wanted =
		marked === undefined ? overlayAt : overlayAt - Math.floor(room / 2);
	return Math.max(0, Math.min(wanted, lines.length - room));
}

/**
How much there is below is worth more than how to leave.
*/
function titleLine(
	{title, hint}: Overlay,
	{width, glyphs}: Sheet,
	below: number,
): Line {
	const more = below > 0 ? `${below} more` : '';
	const texts = [[more, hint].filter(Boolean).join('  '), more || hint];
	const lines = texts.map((text) =>
		rule(title, text === '' ? [] : [[text, 'dim']], {width, glyphs}),
	);
	return (
		lines.find((line) => lineWidth(line) <= width) ??
		clip(lines[0]!, width, glyphs.cut)
	);
}
