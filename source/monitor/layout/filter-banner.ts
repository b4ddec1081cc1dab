import type {Model} from '../model.js';
import type {Banner} from './banner.js';
import {firstFitting, type Room} from './cap-text.js';
import {steady, widthOf} from './fit-text.js';

/**
The filter as it is typed; of one that is too long, the end. What can be typed, as long as nothing is.
*/
export function filterBanner(
	{filterInput}: Model,
	{width, glyphs}: Room,
): readonly Banner[] {
	if (filterInput === undefined) {
		return [];
	}

	const typed = steady(filterInput, glyphs);
	const text = typed === '' ? firstFitting(advice, width) : `/${typed}_`;
	return [[endOf(text, width, glyphs.cut), 'inverse']];
}

const advice: readonly string[] = [
	'/_  words of model, alias, state, client; -word leaves out; state:held  key:ci  status:429',
	'/_  any words; -word leaves out; state:held  from:task-2',
	'/_  words, -word, state:held',
	'/_',
];

function endOf(text: string, width: number, cut: string): string {
	if (widthOf(text) <= width) {
		return text;
	}

	const characters = [...text];
	while (characters.length > 1 && widthOf(cut + characters.join('')) > width) {
		characters.shift();
	}

	return cut + characters.join('');
}
