import type {HourSums, Weight} from '../day-sums.js';
import type {Glyphs} from '../theme.js';
import {pad, widthOf} from './fit-text.js';
import type {Line, Piece} from './line.js';

export type ChartPlace = Readonly<{
	nowMs: number;
	width: number;
	/**
	Rows of the columns; the line with the hours comes below them.
	*/
	height: number;
	glyphs: Glyphs;
	/**
	What each hour might weigh, were the cap spent evenly; undefined where that is not shown.
	*/
	pace: number | undefined;
}>;

const widestSlot = 6;

/**
A column for each hour, and which it is below: the one that runs always. A dot is an hour without anything.
*/
export function hourChart(
	hours: readonly HourSums[],
	{weigh, short}: Weight,
	place: ChartPlace,
): readonly Line[] {
	const {width, height, glyphs, nowMs} = place;
	const values = hours.map(({sums}) => weigh(sums));
	const most = Math.max(...values, 0);
	const pace = shownPace(most, place);
	const top = Math.max(most, pace ?? 0, 1);
	const paceRow =
		pace === undefined
			? undefined
			: Math.min(height - 1, Math.floor((pace / top) * height));
	const scale = scaleOf({height, top: short(top), paceRow, pace, short});
	const labels = Math.max(...scale.map((text) => widthOf(text))) + 1;
	const room = width - labels >= hours.length ? width - labels : width;
	const slot = Math.max(
		1,
		Math.min(widestSlot, Math.floor(room / Math.max(1, hours.length))),
	);
	const inset = room < width ? labels : 0;
	const draw = rowsOf({values, top, slot, glyphs, paceRow, hours, nowMs});
	return [
		...Array.from({length: height}, (_, index): Line => {
			const row = height - 1 - index;
			const label =
				inset === 0
					? ''
					: `${pad(scale[index]!, inset - 1, {align: 'right', cut: glyphs.cut})} `;
			return [[label, 'dim'], ...draw(row, height)];
		}),
		[[' '.repeat(inset)], ...hourLabels(hours, {slot, nowMs})],
	];
}

/**
A pace far above all columns would press them flat; of a chart of two rows nothing could be read.
*/
const shownPace = (
	most: number,
	{pace, height}: ChartPlace,
): number | undefined =>
	pace !== undefined && height >= 3 && pace <= most * 1.5 ? pace : undefined;

/**
What stands left of each row, from above.
*/
function scaleOf({
	height,
	top,
	paceRow,
	pace,
	short,
}: Readonly<{
	height: number;
	top: string;
	paceRow: number | undefined;
	pace: number | undefined;
	short: Weight['short'];
}>): readonly string[] {
	return Array.from({length: height}, (_, index) =>
		index === 0
			? top
			: height - 1 - index === paceRow && pace !== undefined
				? short(pace)
				: '',
	);
}

function rowsOf({
	values,
	top,
	slot,
	glyphs,
	paceRow,
	hours,
	nowMs,
}: Readonly<{
	values: readonly number[];
	top: number;
	slot: number;
	glyphs: Glyphs;
	paceRow: number | undefined;
	hours: readonly HourSums[];
	nowMs: number;
}>): (row: number, height: number) => Line {
	const steps = [...new Set([...glyphs.sparks, glyphs.full])];
	const cells = Math.max(1, slot - 1);
	return (row, height) => {
		const blank = row === paceRow ? glyphs.rule : ' ';
		const pieces = values.map((value, at): readonly Piece[] => {
			const level =
				value > 0
					? Math.max(1, Math.round((value / top) * height * steps.length))
					: 0;
			const here = Math.min(level - row * steps.length, steps.length);
			const gap: Piece = [blank.repeat(slot - cells), 'dim'];
			if (here > 0) {
				return [[steps[here - 1]!.repeat(cells), 'info'], gap];
			}

			const isIdle = row === 0 && value === 0 && hours[at]!.fromMs <= nowMs;
			return [
				[
					isIdle
						? pad(idleGlyph(glyphs), cells, {cut: ''})
						: blank.repeat(cells),
					'dim',
				],
				gap,
			];
		});
		return melted(pieces.flat());
	};
}

/**
Not to be taken for a low column.
*/
const idleGlyph = ({sparks, lowEmpty, between}: Glyphs): string =>
	sparks.includes(lowEmpty) ? between : lowEmpty;

/**
Neighbours of one tone become one piece: fewer are drawn faster.
*/
function melted(pieces: readonly Piece[]): Line {
	const found: Array<[string, Piece[1]]> = [];
	for (const [text, tone] of pieces) {
		const last = found.at(-1);
		if (text === '') {
			continue;
		}

		if (last !== undefined && last[1] === tone) {
			last[0] += text;
		} else {
			found.push([text, tone]);
		}
	}

	return found;
}

const hourSteps = [1, 2, 4, 6, 12] as const;
const labelCells = 4;

/**
Every so many hours by the clock, and the one that runs, in bold.
*/
function hourLabels(
	hours: readonly HourSums[],
	{slot, nowMs}: Readonly<{slot: number; nowMs: number}>,
): Line {
	const step = hourSteps.find((one) => one * slot >= labelCells) ?? 12;
	const now = hours.findIndex(
		({fromMs, toMs}) => fromMs <= nowMs && nowMs < toMs,
	);
	const placeOf = (at: number) =>
		Math.max(0, Math.min(at * slot, hours.length * slot - hourCells));
	const nowFrom = now === -1 ? Infinity : placeOf(now);
	const pieces: Piece[] = [];
	let used = 0;
	let before = '';
	for (const [at, {clock}] of hours.entries()) {
		const [hour = '', minute] = clock.split(':', 2);
		const from = placeOf(at);
		const isDue =
			Number(hour) % step === 0 && minute === '00' && hour !== before;
		const isFree =
			from > nowFrom || from + hourCells < nowFrom
				? used === 0 || from > used
				: false;
		if (!(at === now || (isDue && isFree))) {
			continue;
		}

		pieces.push([' '.repeat(from - used)], [hour, at === now ? 'bold' : 'dim']);
		used = from + hourCells;
		before = hour;
	}

	return pieces;
}

const hourCells = 2;
