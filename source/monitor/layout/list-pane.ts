import {aged, filled} from './blocks.js';
import {exchangeLines, listTitle} from './exchange-lines.js';
import {clip, type Line} from './line.js';
import {listNames, noMatchLine} from './list-title.js';
import type {Sheet} from './sheet.js';
import {welcomeLines} from './welcome.js';

/**
The list below its title, exactly `height` lines; `title`: another line in the place of the usual one.
*/
export const listLines = (sheet: Sheet, title?: Line): readonly Line[] => {
	const {height, glyphs, width, model, entries} = sheet;
	if (height <= 0) {
		return [];
	}

	const head =
		title ?? listTitle(entries, {width, glyphs, names: listNames(sheet)});
	return filled([aged(model, head), ...bodyOf(sheet)], height).lines;
};

const bodyOf = (sheet: Sheet): readonly Line[] => {
	const {entries, shown, height, glyphs, width, model} = sheet;
	const place = {width, glyphs, height: height - 1};
	if (entries.length === 0) {
		return welcomeLines(model, place);
	}

	return shown.length === 0
		? [clip(noMatchLine(sheet), width, glyphs.cut)]
		: exchangeLines(model, entries, {...place, shown});
};
