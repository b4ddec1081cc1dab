import {filterInForce} from '../filter.js';
import {keyName} from '../key-name.js';
import {newerEntries} from '../shown-entries.js';
import {isDescending, isUsual, sortHeadings, type Sort} from '../sort.js';
import type {Glyphs} from '../theme.js';
import {firstFitting} from './cap-text.js';
import {steady, truncate} from './fit-text.js';
import type {Line} from './line.js';
import type {Sheet} from './sheet.js';

/**
How the list can be named, the longest first: whether it stands still and how much is newer, what it is
filtered by, how many match, how it is sorted.
*/
export function listNames(sheet: Sheet): readonly string[] {
	const {model, entries, shown, glyphs} = sheet;
	const {frozen, sort} = model;
	const filter = steady(filterInForce(model).trim(), glyphs);
	const newer = newerEntries(model, entries).length;
	const [long, short] = [24, 12].map((room) =>
		filter === '' ? '' : ` /${truncate(filter, room, glyphs.cut)}`,
	);
	const all = frozen ? listedOf(frozen.all, sheet) : entries.length;
	const count = filter === '' ? '' : `${shown.length} of ${all}`;
	const order = isUsual(sort) ? '' : `by ${sortText(sort, glyphs)}`;
	const mark = isUsual(sort) ? '' : sortText(sort, glyphs);
	const still = newer === 0 ? 'frozen' : `frozen, ${newer} newer`;
	const head = frozen ? still : 'requests';
	const hint = frozen ? `${keyName(model, 'follow')} follows` : '';
	const least = frozen ? 'frozen' : filter === '' ? 'requests' : '';
	return [
		[head + long!, count, order, hint],
		[head + long!, count, order],
		[head + short!, count, order],
		[head + short!, count, mark],
		[least + short!, count, mark],
		[least + short!, mark],
		// The order tells more than the word.
		...(least === 'requests' && order !== '' ? [[order], [mark]] : []),
		[least + short!],
	].map((parts) => parts.filter(Boolean).join('  ').trim());
}

const listedOf = (ids: readonly number[], {model}: Sheet): number =>
	ids.filter((id) => model.exchanges.has(id)).length;

const sortText = (sort: Sort, glyphs: Glyphs): string =>
	`${sortHeadings[sort.by].toLowerCase()} ${sortMark(sort, glyphs)}`;

/**
The direction of a sorted list, in one cell.
*/
export const sortMark = (sort: Sort, glyphs: Glyphs): string =>
	isDescending(sort) ? glyphs.descending : glyphs.ascending;

/**
What stands in the place of the list where nothing matches.
*/
export function noMatchLine({model, width, glyphs}: Sheet): Line {
	const filter = steady(filterInForce(model).trim(), glyphs);
	if (filter === '') {
		return [
			[`nothing is left of it; ${keyName(model, 'follow')} follows`, 'dim'],
		];
	}

	const out =
		model.filterInput === undefined ? `; ${keyName(model, 'back')} clears` : '';
	const text = firstFitting(
		[`nothing matches "${filter}"${out}`, `nothing matches${out}`],
		width,
	);
	return [[text, 'dim']];
}
