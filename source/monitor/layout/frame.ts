import {calmed} from '../calm.js';
import {listedEntries, type Entry} from '../exchange-list.js';
import type {Model} from '../model.js';
import {shownEntries} from '../shown-entries.js';
import {glyphsFor} from '../theme.js';
import {banners} from './banner.js';
import {aged, filled, lines} from './blocks.js';
import {capBar} from './cap-bar.js';
import {footer, footnote} from './footer.js';
import {gaugeLines} from './gauges.js';
import {header} from './header.js';
import {fitFields} from './fit-fields.js';
import type {Line} from './line.js';
import {overlayEnd, overlayLines} from './overlays.js';
import {column, mainPane, twoColumns, type Panes} from './panes.js';
import {pulseFields} from './pulse.js';
import {quotaLine} from './quota-bars.js';
import {shapeOf, type Shape} from './shape.js';
import type {Sheet} from './sheet.js';
import {standingLine} from './standing.js';
import {strip} from './strip.js';
import {tickerLine} from './ticker.js';

/**
The whole screen: blocks below each other, in a wide pane with two columns between.
*/
export type Frame = Panes &
	Readonly<{columns: number; top: readonly Line[]; bottom: readonly Line[]}>;

/**
What stands on the screen: never more lines than the pane has rows, never a line wider than it.
*/
export function frameOf(model: Model): Frame {
	const {top, bottom, sheet, shape} = partsOf(calmed(model));
	return {columns: model.columns, top, bottom, ...panesOf(sheet, shape)};
}

/**
As far as what lies over the list can be moved in its pane: the last row that can be marked, or the last line
that can stand at the top.
*/
export function endOfOverlay(model: Model): number {
	const {sheet, shape} = partsOf(model);
	return overlayEnd(isWide(sheet, shape) ? mainPane(sheet) : sheet);
}

type Parts = Pick<Frame, 'top' | 'bottom'> &
	Readonly<{sheet: Sheet; shape: Shape}>;

function partsOf(model: Model): Parts {
	const {columns, rows} = model;
	const glyphs = glyphsFor(model.ascii);
	const shape = shapeOf(columns, rows);
	const entries = listedEntries(model);
	const bottom = rows >= 3 ? [footer(model, columns, glyphs)] : [];
	const sheet: Sheet = {
		model,
		entries,
		shown: shownEntries(model, entries),
		width: columns,
		height: rows - bottom.length,
		glyphs,
	};
	const top = topOf(sheet, shape).slice(0, Math.max(1, sheet.height));
	const height = Math.max(0, sheet.height - top.length);
	return {top, bottom, shape, sheet: {...sheet, height}};
}

/**
The first lines: what a glance must answer, and what must not be missed.
*/
function topOf(sheet: Sheet, shape: Shape): readonly Line[] {
	const {model, width, glyphs, entries} = sheet;
	const said = saidLines(sheet, entries);
	if (shape === 'ticker') {
		return said.length > 0 || model.overlay !== 'none'
			? said
			: [
					footnote(model, width, glyphs) ??
						tickerLine(model, entries, {width, glyphs}),
				];
	}

	const first = [header(model, width, glyphs), ...said];
	switch (shape) {
		case 'low': {
			return first;
		}

		case 'strip': {
			const atMost = model.rows >= 10 ? 2 : 1;
			const isLow = said.length > 0;
			return [
				...first,
				...gaugeLines({model, width, glyphs, atMost, isLow}),
				...standing(sheet),
			];
		}

		case 'column':
		case 'wide': {
			return [
				...first,
				...[
					capBar(model, {width, glyphs, isLow: said.length > 0}),
					quotaLine(model, {width, glyphs}),
				].flatMap((line) => (line ? [aged(model, line)] : [])),
				...standing(sheet),
			];
		}
	}
}

/**
In a very low pane only what waits for an answer.
*/
function saidLines(
	{model, width, glyphs}: Sheet,
	entries: readonly Entry[],
): readonly Line[] {
	const {rows} = model;
	const isAsking =
		model.question !== undefined ||
		model.capInput !== undefined ||
		model.filterInput !== undefined ||
		model.capAskedAtMs !== undefined;
	const atMost =
		rows < 4 ? Number(isAsking) : rows < 10 ? 1 : rows < 20 ? 3 : 4;
	return banners(model, entries, {width, atMost, glyphs});
}

const standing = ({model, width, glyphs}: Sheet): readonly Line[] => {
	const line =
		width >= 60 && model.rows >= 10
			? standingLine(model, {width, glyphs})
			: undefined;
	return line ? [aged(model, line)] : [];
};

function panesOf(sheet: Sheet, shape: Shape): Panes {
	switch (shape) {
		case 'ticker': {
			const all = sheet.height > 0 ? overlayLines(sheet) : undefined;
			return {left: all ? [lines(all)] : [], right: undefined};
		}

		case 'low': {
			const {model, width, glyphs} = sheet;
			const note = model.rows < 3 ? footnote(model, width, glyphs) : undefined;
			const all = note ? [note] : (overlayLines(sheet) ?? [pulseLine(sheet)]);
			const left = [lines(filled(all, sheet.height).lines)];
			return {left, right: undefined};
		}

		case 'strip': {
			return strip(sheet);
		}

		case 'column':
		case 'wide': {
			return isWide(sheet, shape) ? twoColumns(sheet) : column(sheet);
		}
	}
}

/**
Banners may leave a wide pane too low for two columns.
*/
const isWide = ({height}: Sheet, shape: Shape): boolean =>
	shape === 'wide' && height >= 8;

/**
The one line of a pane of two or three rows: the cap, or what a glance wants to know.
*/
function pulseLine({model, entries, width, glyphs}: Sheet): Line {
	if (width >= lowGaugesFrom) {
		return gaugeLines({model, width, glyphs, atMost: 1, isLow: false})[0]!;
	}

	const cap = capBar(model, {width, glyphs, isLow: false});
	const gap = width >= 40 ? '  ' : ' ';
	return cap
		? aged(model, cap)
		: fitFields(pulseFields(model, entries, glyphs), width, gap);
}

const lowGaugesFrom = 80;
