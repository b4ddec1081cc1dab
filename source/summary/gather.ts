import type {DayRule, Span} from '../calendar/day.js';
import {daysOf, hoursOf} from '../calendar/spans.js';
import {cleanName} from '../exchange/clean.js';
import {quarterMs, type Dimension, type Sums} from '../exchange/measures.js';
import {mapped} from './lazily.js';
import {slicesOf} from './slices.js';
import type {Named, SumReader} from './sum-reader.js';
import type {Doubt, Group, Grouping, Summary} from './summary.js';
import {addSums, foldBy, tokensOf} from './sums.js';
import {unpricedOf} from './unpriced.js';
import {usualOf} from './usual.js';

export type Wanted = Readonly<{
	rule: DayRule;
	span: Span;
	nowMs: number;
	by: Grouping;
	/**
	The groups alone, without what a screen shows besides.
	*/
	groupsOnly?: boolean;
}>;

const shownSessions = 5;

/**
Sums up a stretch of time. To be called within one transaction, so that all figures are of one moment.
*/
export function gather(
	reader: SumReader,
	{groupsOnly = false, ...wanted}: Wanted,
): Summary {
	const {span} = wanted;
	const rows = reader.sums(span, ['model', 'endpoint']);
	return {
		...wanted,
		total: addSums(rows),
		groups: groupsOf(reader, wanted, rows),
		sessions: groupsOnly ? [] : sessionsOf(reader, span, shownSessions),
		time: groupsOnly ? undefined : slicesOf(reader, wanted),
		usual: usualOf(reader, wanted),
		unpriced: unpricedOf(reader, span, rows),
		partial: doubts(rows),
	};
}

/**
`rows` are the sums by model and endpoint, which have been read already.
*/
function groupsOf(
	reader: SumReader,
	{by, span, rule}: Wanted,
	rows: ReadonlyArray<Sums & Named>,
): Iterable<Group> {
	switch (by) {
		case 'session': {
			return mapped(
				{[Symbol.iterator]: () => reader.everySession(span)},
				({session, ...sums}) => ({name: cleanName(session), sums}),
			);
		}

		case 'hour': {
			return {[Symbol.iterator]: () => everyHour(reader, {rule, span})};
		}

		case 'day': {
			return {[Symbol.iterator]: () => everyDay(reader, {rule, span})};
		}

		case 'model':
		case 'endpoint': {
			return namedGroups(rows, by);
		}

		case 'alias':
		case 'key': {
			return namedGroups(reader.sums(span, [by]), by);
		}
	}
}

const namedGroups = (
	rows: ReadonlyArray<Sums & Named>,
	by: Dimension,
): readonly Group[] =>
	foldBy(rows, (row) => cleanName(row[by] ?? ''))
		.map(([name, sums]) => ({name, sums}))
		.toSorted(dearestFirst);

type Time = Pick<Wanted, 'rule' | 'span'>;

function* everyDay(reader: SumReader, {rule, span}: Time): Generator<Group> {
	for (const day of daysOf(rule, span)) {
		for (const sums of reader.sums(within(day, span), [])) {
			yield {name: day.date, sums};
		}
	}
}

/**
Day by day: a year has very many hours. Only days on which something happened are cut into hours: a range
may be long.

@yields Hours in their order.
*/
function* everyHour(reader: SumReader, {rule, span}: Time): Generator<Group> {
	for (const day of daysOf(rule, span)) {
		const hours = hoursOf(rule, day);
		const rows = beginWithUtc([...hours, {fromMs: day.toMs}])
			? reader.hours(within(day, span))
			: reader.quarters(within(day, span));
		yield* rows.length === 0
			? []
			: hoursWith(
					rows.toSorted((a, b) => a.quarter - b.quarter),
					hours,
				);
	}
}

/**
Whether hours begin where those of UTC do: in nearly every zone they do, unless a day begins at half past.
*/
const beginWithUtc = (
	hours: ReadonlyArray<Readonly<{fromMs: number}>>,
): boolean => hours.every(({fromMs}) => fromMs % hourMs === 0);

const hourMs = 4 * quarterMs;

function hoursWith(
	quarters: ReturnType<SumReader['quarters']>,
	hours: ReturnType<typeof hoursOf>,
): readonly Group[] {
	const nameOf = (epochMs: number): string =>
		hours.find(({toMs}) => toMs > epochMs)!.hour;
	return foldBy(quarters, ({quarter}) => nameOf(quarter * quarterMs)).map(
		([name, sums]) => ({name, sums}),
	);
}

const within = (piece: Span, span: Span): Span => ({
	fromMs: Math.max(piece.fromMs, span.fromMs),
	toMs: Math.min(piece.toMs, span.toMs),
});

const sessionsOf = (
	reader: SumReader,
	span: Span,
	limit: number,
): readonly Group[] =>
	reader
		.sessions(span, limit)
		.map(({session, ...sums}) => ({name: cleanName(session), sums}))
		.toSorted(dearestFirst);

function doubts(rows: ReadonlyArray<Sums & Named>): readonly Doubt[] {
	const countOf = ({partial, missing}: Sums) => partial + missing;
	return rows
		.filter((row) => countOf(row) > 0)
		.toSorted((a, b) => countOf(b) - countOf(a))
		.map((row) => ({
			model: cleanName(row.model ?? ''),
			endpoint: cleanName(row.endpoint ?? ''),
			sums: addSums([row]),
		}));
}

const dearestFirst = (one: Group, other: Group): number =>
	other.sums.costNanodollars - one.sums.costNanodollars ||
	tokensOf(other.sums) - tokensOf(one.sums) ||
	other.sums.requests - one.sums.requests ||
	(one.name < other.name ? -1 : 1);
