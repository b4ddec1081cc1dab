import {selectedEntry} from '../exchange-list.js';
import {keyName} from '../key-name.js';
import type {OverlayName} from '../overlay.js';
import {dayOverlay} from './day.js';
import {detailLines} from './detail.js';
import {errorsOverlay} from './errors.js';
import {helpLines} from './help.js';
import {widthOf} from './fit-text.js';
import {rule, type Line} from './line.js';
import {pickerLines} from './picker.js';
import {sessionsOverlay} from './sessions.js';
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
	/**
	The line of the marked one, where not every line is one that can be marked.
	*/
	markedAt?: number;
}>;

const overlays: Readonly<
	Record<OverlayName, (sheet: Sheet) => Overlay | undefined>
> = {
	none: () => undefined,
	help: ({model, width, glyphs}) => ({
		title: 'keys',
		hint: `${keyName(model, 'back')} back`,
		lines: helpLines(model, width, glyphs),
	}),
	picker: ({model, width, height, glyphs}) => ({
		title: 'active alias',
		hint:
			width < 44
				? `${keyName(model, 'back')} keeps`
				: `${keyName(model, 'detail')} uses  ${keyName(model, 'back')} keeps`,
		lines: pickerLines(model, {width, height: height - 1, glyphs}),
	}),
	detail: (sheet) => ({
		...detailOf(sheet),
		hint: `${keyName(sheet.model, 'back')} back`,
	}),
	day: dayOverlay,
	sessions: sessionsOverlay,
	errors: errorsOverlay,
};

const detailOf = ({
	model,
	entries,
	shown,
	width,
	glyphs,
}: Sheet): Readonly<{title: string; lines: readonly Line[]}> => {
	const entry = selectedEntry(model, entries, shown);
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

	const {lines} = overlay;
	const room = roomIn(overlay, sheet);
	const first = firstShown(overlay, sheet);
	const below = Math.max(0, lines.length - first - room);
	return [
		...(sheet.height > 1 ? [titleLine(overlay, sheet, below)] : []),
		...headOf(overlay, sheet),
		...lines.slice(first, first + room),
	];
}

/**
What it tells is worth more than its title, and than the names of its columns.
*/
const headOf = ({head = []}: Overlay, {height}: Sheet): readonly Line[] =>
	height - 1 > head.length ? head : [];

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

const roomIn = (overlay: Overlay, sheet: Sheet): number =>
	Math.max(
		0,
		sheet.height - Number(sheet.height > 1) - headOf(overlay, sheet).length,
	);

function firstShown(overlay: Overlay, sheet: Sheet): number {
	const {lines, marked, markedAt} = overlay;
	const room = roomIn(overlay, sheet);
	const {overlayAt} = sheet.model;
	const wanted =
		marked === undefined
			? overlayAt
			: (markedAt ?? overlayAt) - Math.floor(room / 2);
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
	const text =
		texts.find((one) => widthOf(title) + widthOf(one) + 5 <= width) ??
		texts[1]!;
	return rule(title, text === '' ? [] : [[text, 'dim']], {width, glyphs});
}
