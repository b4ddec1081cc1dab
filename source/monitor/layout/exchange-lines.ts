import {asOfMs, configOf, isFresh} from '../connection.js';
import {countOpen, type Entry} from '../exchange-list.js';
import type {Model} from '../model.js';
import type {Glyphs} from '../theme.js';
import {fitColumns, headingLine, rowLine} from './columns.js';
import {exchangeColumns} from './exchange-columns.js';
import {clip, lineWidth, rule, toned, type Line} from './line.js';
import {reasonSpan} from './reason.js';

type Place = Readonly<{width: number; glyphs: Glyphs}>;

/**
The title of the list: how many run, how many wait.
*/
export function listTitle(
	entries: readonly Entry[],
	{width, glyphs}: Place,
): Line {
	const {running, waiting} = countOpen(entries);
	const counts: Line = [
		[String(running), running > 0 ? 'good' : 'dim'],
		[' live', 'dim'],
		...(waiting > 0
			? ([
					['  '],
					[String(waiting), 'warn'],
					[' waiting', 'dim'],
				] satisfies Line)
			: []),
	];
	const title = 'requests';
	// Where there is no room for both, the figures are worth more than the word.
	return width < title.length + lineWidth(counts) + 6
		? clip(counts, width, glyphs.cut)
		: rule(title, counts, {width, glyphs});
}

/**
The head of the list and as many exchanges as fit into `height` lines.
*/
export function exchangeLines(
	model: Model,
	entries: readonly Entry[],
	{width, height, glyphs}: Place & Readonly<{height: number}>,
): readonly Line[] {
	if (height <= 0) {
		return [];
	}

	const fresh = isFresh(model);
	const nowMs = asOfMs(model);
	const columns = fitColumns(
		exchangeColumns({
			nowMs,
			fresh,
			glyphs,
			width,
			severalEndpoints: (configOf(model)?.endpoints.length ?? 0) > 1,
		}),
		width,
	);
	const hasHead = height >= 4;
	const room = hasHead ? height - 1 : height;
	const at = entries.findIndex(({exchange}) => exchange.id === model.selected);
	const first = firstShown(at, room, entries.length);
	const rows = entries.slice(first, first + room).map((entry, index): Line => {
		const span = reasonSpan(entry, {
			nowMs,
			attempts: model.attempts,
			glyphs,
		});
		const line = clip(
			rowLine(columns, entry, {span, cut: glyphs.cut}),
			width,
			glyphs.cut,
		);
		if (first + index === at) {
			return chosen(line, {width, glyphs});
		}

		return fresh ? line : toned(line, 'dim');
	});
	return hasHead
		? [clip(headingLine(columns, glyphs.cut), width, glyphs.cut), ...rows]
		: rows;
}

/**
Keeps the selected one in the middle, as far as the ends of the list allow.
*/
const firstShown = (at: number, room: number, count: number): number =>
	Math.max(0, Math.min(at - Math.floor(room / 2), count - room));

/**
A mark beside the state, as some terminals show no inverse; then inverse to the edge.
*/
const chosen = (line: Line, {width, glyphs}: Place): Line => {
	const text = line.map(([piece]) => piece).join('');
	const marked =
		text.length > 2 ? text[0]! + glyphs.cursor + text.slice(2) : text;
	const rest = ' '.repeat(Math.max(0, width - lineWidth(line)));
	return [[marked + rest, 'inverse']];
};
