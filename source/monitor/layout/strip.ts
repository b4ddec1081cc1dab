import {showCount, showMoney} from '../../exchange/show.js';
import {isFresh} from '../connection.js';
import {countOpen} from '../exchange-list.js';
import {filterInForce} from '../filter.js';
import {toneOf} from '../row-state.js';
import {isUsual} from '../sort.js';
import {burnRows} from './burn-table.js';
import {filled, lines} from './blocks.js';
import {sumText} from './cost-text.js';
import {fitFields, type Field} from './fit-fields.js';
import {shortModel, steady} from './fit-text.js';
import {lineWidth, type Line} from './line.js';
import {listLines} from './list-pane.js';
import {overlayLines} from './overlays.js';
import type {Panes} from './panes.js';
import type {Sheet} from './sheet.js';

/**
From so many cells on the title of the list tells of today too.
*/
const burnFrom = 60;

/**
A low pane: one line for the day and what is open, below it the list.
*/
export function strip(sheet: Sheet): Panes {
	const {height} = sheet;
	const all = overlayLines(sheet) ?? listLines(sheet, burnTitle(sheet));
	return {left: [lines(filled(all, height).lines)], right: undefined};
}

/**
`─ today ≥$11.57  sonnet-4-6 $8.41  opus-4-8 $2.90 ───── ▶ 3  ↻ 1  ‖ 1 `. Undefined where the list has more to say.
*/
function burnTitle(sheet: Sheet): Line | undefined {
	const {model, width, glyphs, entries} = sheet;
	const isPlain =
		model.frozen === undefined &&
		filterInForce(model).trim() === '' &&
		isUsual(model.sort);
	if (width < burnFrom || !isPlain || model.totals.length === 0) {
		return undefined;
	}

	const open = countOpen(entries);
	const counts = fitFields(
		(
			[
				[open.running, 'streaming'],
				[open.retrying, 'retrying'],
				[open.held, 'held'],
			] as const
		).flatMap(([count, state], index): Field[] =>
			count === 0 && index > 0
				? []
				: [
						{
							texts: [`${glyphs[state]} ${count}`],
							tone: count === 0 ? 'dim' : toneOf[state],
							rank: index,
						},
					],
		),
		24,
		'  ',
	);
	const head = `${glyphs.rule} today `;
	const room = width - head.length - lineWidth(counts) - 5;
	const burn = fitFields(burnFields(sheet), room, '  ');
	const rest = width - head.length - lineWidth(burn) - lineWidth(counts) - 3;
	return [
		[head, 'dim'],
		...burn,
		[` ${glyphs.rule.repeat(rest)} `, 'dim'],
		...counts,
		[' '],
	];
}

const burnFields = ({model, glyphs}: Sheet): readonly Field[] => {
	const rows = burnRows(model);
	const sum = (of: (one: (typeof rows)[number]) => number) =>
		rows.reduce((so, one) => so + of(one), 0);
	const total = sumText(
		{
			costNanodollars: sum((one) => one.costNanodollars),
			unpriced: sum((one) => one.unpriced),
			unproven: sum((one) => one.unproven),
		},
		glyphs,
	);
	const perHour = sum((one) => one.perHour);
	return [
		{texts: [total], tone: 'bold', rank: 0},
		{
			texts: perHour > 0 && isFresh(model) ? [`${showMoney(perHour)}/h`] : [],
			rank: 1,
		},
		...rows.slice(0, 6).map((row, index): Field => {
			const name = shortModel(steady(row.model || '-', glyphs), 18, glyphs.cut);
			const cost = `${name} ${sumText(row, glyphs)}`;
			const speed =
				row.perMinute > 0 && isFresh(model)
					? ` ${showCount(row.perMinute)}/m`
					: '';
			return {texts: [cost + speed, cost], tone: 'dim', rank: 2 + index};
		}),
	];
};
