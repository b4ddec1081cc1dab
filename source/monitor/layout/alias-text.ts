import type {Entry} from '../exchange-list.js';
import type {Glyphs, Tone} from '../theme.js';
import {modelOf} from '../tokens-of.js';
import {shortModel, steady, truncate, widthOf} from './fit-text.js';
import {targetText} from './reason.js';
import {ordinal} from './time-left.js';

/**
Cells for the longest alias; undefined where no exchange has one.
*/
export function aliasWidthOf(
	entries: readonly Entry[],
	{width, glyphs}: {width: number; glyphs: Glyphs},
): number | undefined {
	const names = new Set(entries.map(({exchange}) => exchange.alias));
	names.delete(null);
	if (names.size === 0) {
		return undefined;
	}

	const longest = Math.max(
		'ALIAS'.length,
		...Array.from(names, (name) => widthOf(steady(name!, glyphs))),
	);
	const mark = entries.some(({fallbacks}) => fallbacks > 0) ? ' 2nd'.length : 0;
	const most = width < 60 ? 12 : width < 100 ? 16 : 24;
	return Math.max(1, Math.min(longest + mark, most, width - 2));
}

/**
The alias, and which of its targets answers where that is not the first. What went without an alias is
named by its model where that stands nowhere else.
*/
export function aliasText(
	{exchange, live, fallbacks}: Entry,
	width: number,
	{glyphs, isModelShown}: {glyphs: Glyphs; isModelShown: boolean},
): string {
	const {alias} = exchange;
	if (alias === null) {
		return isModelShown
			? '-'
			: shortModel(steady(modelOf(exchange, live), glyphs), width, glyphs.cut);
	}

	const name = steady(alias, glyphs);
	if (fallbacks === 0) {
		return name;
	}

	const mark =
		[targetText(fallbacks), ordinal(fallbacks + 1)].find(
			(text) => widthOf(name) + 1 + text.length <= width,
		) ?? ordinal(fallbacks + 1);
	return `${truncate(name, width - mark.length - 1, glyphs.cut)} ${mark}`;
}

export const aliasTone = ({exchange, state, fallbacks}: Entry): Tone =>
	exchange.alias === null || state === 'aborted'
		? 'dim'
		: fallbacks > 0
			? 'warn'
			: 'plain';
