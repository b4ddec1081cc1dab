import type {Entry} from '../exchange-list.js';
import type {Model} from '../model.js';
import type {Glyphs} from '../theme.js';
import {factsOf} from './exchange-facts.js';
import {fold, pad, steady, truncate} from './fit-text.js';
import type {Line} from './line.js';

const labelWidth = 9;

/**
All that is known of one exchange; a fact that is not known is not named.
*/
export function detailLines(
	model: Model,
	entry: Entry,
	{width, glyphs}: {width: number; glyphs: Glyphs},
): readonly Line[] {
	return factsOf(model, entry, glyphs)
		.filter(([, text]) => text.trim() !== '')
		.flatMap(([label, text, tone]) =>
			fold(steady(text, glyphs), width - labelWidth).map(
				(part, index): Line => [
					[
						pad(index === 0 ? label : '', Math.min(labelWidth, width), {
							cut: glyphs.cut,
						}),
						'dim',
					],
					[truncate(part, width - labelWidth, glyphs.cut), tone],
				],
			),
		);
}
