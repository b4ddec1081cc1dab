import type {DayRule, Span} from '../calendar/day.js';
import {daysOf, hoursOf, monthsOf} from '../calendar/spans.js';
import type {SumReader} from './sum-reader.js';
import type {Slice, Slices} from './summary.js';
import {addSums} from './sums.js';

const dayMs = 86_400_000;
/**
Up to here hours tell most, then days, then months: as many as a narrow terminal has room for.
*/
const hoursUntilMs = 1.25 * dayMs;
const daysUntilMs = 31.25 * dayMs;
const monthsUntilMs = 900 * dayMs;

/**
The stretch of time in pieces of a size that can be drawn.
*/
export function slicesOf(
	reader: SumReader,
	{rule, span}: Readonly<{rule: DayRule; span: Span}>,
): Slices {
	const {unit, pieces} = piecesOf(rule, span);
	const slices = pieces.map((piece): Slice => {
		const fromMs = Math.max(piece.fromMs, span.fromMs);
		const toMs = Math.min(piece.toMs, span.toMs);
		const rows = reader.sums({fromMs, toMs}, []);
		return {name: piece.name, fromMs, toMs, sums: addSums(rows)};
	});
	return {unit, slices};
}

type Piece = Span & Readonly<{name: string}>;

function piecesOf(
	rule: DayRule,
	span: Span,
): Readonly<{unit: Slices['unit']; pieces: readonly Piece[]}> {
	const lengthMs = span.toMs - span.fromMs;
	if (lengthMs <= hoursUntilMs) {
		return {
			unit: 'hour',
			pieces: hoursOf(rule, span).map(({hour, ...piece}) => ({
				...piece,
				name: hour,
			})),
		};
	}

	if (lengthMs <= daysUntilMs) {
		return {
			unit: 'day',
			pieces: daysOf(rule, span).map(({date, ...piece}) => ({
				...piece,
				name: date,
			})),
		};
	}

	const months = monthsOf(rule, span).map(({month, ...piece}) => ({
		...piece,
		name: month,
	}));
	return lengthMs <= monthsUntilMs
		? {unit: 'month', pieces: months}
		: {unit: 'year', pieces: yearsOf(months)};
}

const mostYears = 30;
const yearCharacters = 4;

/**
No more than the last ones: nobody asked a model anything before.
*/
const yearsOf = (months: readonly Piece[]): readonly Piece[] =>
	[...Map.groupBy(months, ({name}) => name.slice(0, yearCharacters))]
		.map(([name, [...parts]]) => ({
			name,
			fromMs: parts[0]!.fromMs,
			toMs: parts.at(-1)!.toMs,
		}))
		.slice(-mostYears);
