import {showClock} from '../../exchange/show.js';
import {errorRows, type ErrorRow, type Failure} from '../errors.js';
import {keyName} from '../key-name.js';
import type {Glyphs} from '../theme.js';
import {
	cutWords,
	fold,
	pad,
	shortModel,
	steady,
	truncate,
	widthOf,
} from './fit-text.js';
import {clip, lineWidth, rule, type Line, type Piece} from './line.js';
import type {Overlay} from './overlays.js';
import type {Sheet} from './sheet.js';

type Place = Readonly<{width: number; glyphs: Glyphs}>;
type AlertRow = Extract<ErrorRow, {kind: 'alert'}>;

/**
What is wrong now, then what failed, newest first; the marked one with all that is to be said of it.
*/
export function errorsOverlay(sheet: Sheet): Overlay {
	const {model, width, glyphs} = sheet;
	const rows = errorRows(model);
	const lines: Line[] = [];
	let markedAt = 0;
	for (const [index, row] of rows.entries()) {
		const isMarked = index === Math.min(model.overlayAt, rows.length - 1);
		if (row.kind === 'failure' && rows[index - 1]?.kind === 'alert') {
			lines.push([], rule('failed', [], {width, glyphs}));
		}

		if (isMarked) {
			markedAt = lines.length;
		}

		lines.push(
			...(row.kind === 'alert'
				? alertLines(row, isMarked, {width, glyphs})
				: failureLines(row, isMarked, {width, glyphs})),
		);
	}

	const back = `${keyName(model, 'back')} back`;
	return {
		title: width < 40 ? 'errors' : 'errors and alerts',
		hint: width < 60 ? back : `${keyName(model, 'detail')} detail  ${back}`,
		lines: rows.length === 0 ? emptyLines({width, glyphs}) : lines,
		marked: rows.length,
		markedAt,
	};
}

const emptyLines = ({width, glyphs}: Place): readonly Line[] =>
	fold(
		'All is well: nothing is wrong now, and nothing that is in sight has failed.',
		width - 2,
	).map((text) => clip([[`  ${text}`, 'dim']], width, glyphs.cut));

const indent = 2;

function alertLines(
	{tone, text, sinceMs, remedy}: AlertRow,
	isMarked: boolean,
	{width, glyphs}: Place,
): readonly Line[] {
	const since = sinceMs === undefined ? '' : `  since ${showClock(sinceMs)}`;
	const [first = '', ...rest] = folded(`${text}${since}`, {width, glyphs});
	const glyph = tone === 'bad' ? glyphs.failed : glyphs.stalled;
	return [
		firstLine([[glyph, tone], [' '], [first, tone]], isMarked, {width, glyphs}),
		...rest.map((part): Line => [['  '], [part, tone]]),
		...remedyLines(remedy, {width, glyphs}),
	].map((line) => clip(line, width, glyphs.cut));
}

const folded = (text: string, {width, glyphs}: Place): readonly string[] =>
	fold(steady(text, glyphs), width - indent);

const remedyLines = (remedy: string, place: Place): readonly Line[] =>
	remedy === '' ? [] : folded(remedy, place).map((part) => [['  '], [part]]);

/**
From this width on a remedy stands beside its cause.
*/
const besideFrom = 110;

function failureLines(
	failure: Failure,
	isMarked: boolean,
	{width, glyphs}: Place,
): readonly Line[] {
	const {remedy} = failure;
	const isWide = width >= besideFrom;
	const causeWidth = isWide ? besideWidth(width) : width;
	const cause = causeLine(failure, {width: causeWidth, glyphs});
	const text = steady(remedy, glyphs);
	const room = width - causeWidth - 1;
	const isBeside = isWide && (!isMarked || widthOf(text) <= room);
	const gap = ' '.repeat(Math.max(0, causeWidth - lineWidth(cause) + 1));
	const head: Line = isBeside
		? [...cause, [gap], [cutWords(text, room, glyphs.cut), 'dim']]
		: cause;
	const below: readonly Line[] = isBeside
		? []
		: isMarked
			? remedyLines(remedy, {width, glyphs})
			: text === ''
				? []
				: [[['  '], [cutWords(text, width - indent, glyphs.cut), 'dim']]];
	return [firstLine(head, isMarked, {width, glyphs}), ...below].map((line) =>
		clip(line, width, glyphs.cut),
	);
}

/**
Most remedies have room beside what is left for the cause.
*/
const besideWidth = (width: number): number =>
	Math.floor(Math.max(width * 0.4, Math.min(width * 0.5, width - 82)));

/**
When, which model, why: the model gives way before the reason does.
*/
function causeLine(
	{atMs, model, endpoint, try: number, short}: Failure,
	{width, glyphs}: Place,
): Line {
	const time = showClock(atMs, {seconds: width >= 60});
	const name = steady(
		(width >= 80 ? [endpoint, model] : [model]).filter(Boolean).join('/'),
		glyphs,
	);
	const nameWidth = width >= 80 ? 30 : width >= 60 ? 20 : width >= 36 ? 12 : 0;
	const shown = pad(shortModel(name, nameWidth, glyphs.cut), nameWidth, {
		cut: glyphs.cut,
	});
	const head: Piece[] = [
		[glyphs.failed, 'bad'],
		[' '],
		[time, 'dim'],
		[' '],
		...(nameWidth > 0 ? ([[shown], [' ']] as const) : []),
	];
	const room = width - lineWidth(head);
	const texts = short.map((text) =>
		steady(number === undefined ? text : `try ${number}: ${text}`, glyphs),
	);
	const fitting =
		texts.find((text) => widthOf(text) <= room) ?? texts.at(-1) ?? '';
	return [...head, [truncate(fitting, room, glyphs.cut), 'bad']];
}

/**
A mark beside the glyph, as some terminals show no inverse; then inverse to the edge.
*/
function firstLine(
	line: Line,
	isMarked: boolean,
	{width, glyphs}: Place,
): Line {
	if (!isMarked) {
		return line;
	}

	const [glyph = [''], , ...rest] = line;
	const text = rest.map(([part]) => part).join('');
	return [
		[
			pad(`${glyph[0]}${glyphs.cursor}${text}`, width, {cut: glyphs.cut}),
			'inverse',
		],
	];
}
