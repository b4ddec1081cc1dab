import {asOfMs, configOf, isFresh} from '../connection.js';
import {countOpen, type Entry} from '../exchange-list.js';
import type {Model} from '../model.js';
import {queuePlaces} from '../queue-places.js';
import {toneOf} from '../row-state.js';
import {isUsual, sortHeadings} from '../sort.js';
import type {Glyphs, Tone} from '../theme.js';
import {aliasWidthOf} from './alias-text.js';
import {fitColumns, headingLine, rowLine, type Column} from './columns.js';
import {answerText} from './held-text.js';
import {exchangeColumns, type Sight} from './exchange-columns.js';
import {widthOf} from './fit-text.js';
import {clip, lineWidth, rule, toned, wholePieces, type Line} from './line.js';
import {sortMark} from './list-title.js';
import {reasonSpan} from './reason.js';

type Place = Readonly<{width: number; glyphs: Glyphs}>;

/**
The title of the list: how many run, are tried again, and are held.
*/
export function listTitle(
	entries: readonly Entry[],
	{
		width,
		glyphs,
		names = ['requests'],
	}: Place &
		Readonly<{
			/**
			What it can be called, the longest first.
			*/
			names?: readonly string[];
		}>,
): Line {
	const open = countOpen(entries);
	const counts = [inWords(open), inSigns(open, glyphs)];
	for (const name of names) {
		const fitting = counts.find(
			(count) => lineWidth(count) + widthOf(name) + 6 <= width,
		);
		if (fitting) {
			return rule(name, fitting, {width, glyphs});
		}
	}

	// Where there is no room for both, the figures are worth more than the word.
	const least = names.at(-1)!;
	return least === 'requests'
		? wholePieces(counts[1]!, width)
		: rule(least, [], {width, glyphs});
}

type Open = ReturnType<typeof countOpen>;

const inWords = ({running, retrying, held}: Open): Line => [
	[String(running), running > 0 ? 'good' : 'dim'],
	[' live', 'dim'],
	...counted(retrying, 'retrying', 'accent'),
	...counted(held, 'held', 'warn'),
];

const inSigns = ({running, retrying, held}: Open, glyphs: Glyphs): Line =>
	(
		[
			[running, 'streaming'],
			[retrying, 'retrying'],
			[held, 'held'],
		] as const
	)
		.filter(([count], index) => count > 0 || index === 0)
		.flatMap(([count, state], index): Line => [
			[
				`${index === 0 ? '' : '  '}${glyphs[state]} ${count}`,
				count > 0 ? toneOf[state] : 'dim',
			],
		]);

const counted = (count: number, word: string, tone: Tone): Line =>
	count === 0 ? [] : [['  '], [String(count), tone], [` ${word}`, 'dim']];

/**
The head of the list and as many exchanges as fit into `height` lines.
*/
export function exchangeLines(
	model: Model,
	entries: readonly Entry[],
	{
		width,
		height,
		glyphs,
		shown = entries,
	}: Place &
		Readonly<{
			height: number;
			/**
			Those that are drawn, where not all of them are.
			*/
			shown?: readonly Entry[];
		}>,
): readonly Line[] {
	if (height <= 0) {
		return [];
	}

	const fresh = isFresh(model);
	const nowMs = asOfMs(model);
	const columns = columnsFor({
		nowMs,
		fresh,
		glyphs,
		width,
		severalEndpoints: (configOf(model)?.endpoints.length ?? 0) > 1,
		...differences(entries),
		aliasWidth: aliasWidthOf(entries, {width, glyphs}),
		isModelShown: true,
	});
	const places = queuePlaces(entries);
	const hasHead = height >= 4;
	const room = hasHead ? height - 1 : height;
	const at = shown.findIndex(({exchange}) => exchange.id === model.selected);
	const first = firstShown(at, room, shown.length);
	const rows = shown.slice(first, first + room).map((entry, index): Line => {
		const span = reasonSpan(entry, {
			nowMs,
			attempts: model.attempts,
			queue: places.get(entry.exchange.id),
			answered: answerText(model, entry.exchange.id, glyphs),
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
	const heading = headingLine(columns, glyphs.cut, sortedBy(model, glyphs));
	return hasHead ? [clip(heading, width, glyphs.cut), ...rows] : rows;
}

const sortedBy = (
	{sort}: Model,
	glyphs: Glyphs,
): Parameters<typeof headingLine>[2] =>
	isUsual(sort)
		? undefined
		: {title: sortHeadings[sort.by], mark: sortMark(sort, glyphs)};

/**
What is worth a column only where it tells rows apart.
*/
function differences(
	entries: readonly Entry[],
): Pick<Sight, 'severalSessions' | 'isTriedAgain'> {
	let session: string | undefined;
	let [severalSessions, isTriedAgain] = [false, false];
	for (const {exchange, live} of entries) {
		if (exchange.session !== null) {
			session ??= exchange.session;
			severalSessions ||= exchange.session !== session;
		}

		isTriedAgain ||= (live?.attempts ?? exchange.attempts ?? 0) > 1;
	}

	return {severalSessions, isTriedAgain};
}

/**
Where there is no room for the model, the alias stands for it.
*/
const columnsFor = (sight: Sight): ReadonlyArray<Column<Entry>> => {
	const columns = fitColumns(exchangeColumns(sight), sight.width);
	return columns.some(({title}) => title === 'MODEL')
		? columns
		: fitColumns(exchangeColumns({...sight, isModelShown: false}), sight.width);
};

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
