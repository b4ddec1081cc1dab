import {asOfMs, configOf} from '../connection.js';
import type {Entry} from '../exchange-list.js';
import type {Model} from '../model.js';
import {isOpen} from '../row-state.js';
import type {Glyphs} from '../theme.js';
import {triesOf} from './attempt-facts.js';
import {costLines, tokenLines} from './cost-lines.js';
import {factGroups, type Fact} from './exchange-facts.js';
import {fold, pad, steady, truncate} from './fit-text.js';
import type {Line} from './line.js';
import {phasesOf} from './phases.js';
import {timelineLines} from './timeline.js';

type Place = Readonly<{width: number; glyphs: Glyphs}>;

const labelWidth = 10;

/**
All that is known of one exchange, what matters most first; a fact that is not known is not named.
*/
export function detailLines(
	model: Model,
	entry: Entry,
	place: Place,
): readonly Line[] {
	const {state, time, tries, tokens, cost, rest} = factGroups(
		model,
		entry,
		place.glyphs,
	);
	const usage = usageOf(model, entry, place);
	// What a line of its own tells need not be told twice.
	const told = usage.length === 0 ? [] : ['cache'];
	return [
		...factLines(state, place),
		...factLines(time, place),
		...indented(timeOf(model, entry, place), place),
		...factLines(tries, place),
		...factLines(
			tokens.filter(([label]) => !told.includes(label)),
			place,
		),
		...usage,
		...factLines(cost, place),
		...factLines(rest, place),
	];
}

const factLines = (
	facts: readonly Fact[],
	{width, glyphs}: Place,
): readonly Line[] =>
	facts
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

const timeOf = (
	model: Model,
	entry: Entry,
	{width, glyphs}: Place,
): readonly Line[] =>
	timelineLines(
		phasesOf(entry, triesOf(model, entry.exchange), asOfMs(model)),
		{width: width - labelWidth, glyphs},
	);

const indented = (lines: readonly Line[], {glyphs}: Place): readonly Line[] =>
	lines.map((line) => [[pad('', labelWidth, {cut: glyphs.cut})], ...line]);

/**
Tokens by class, with what each of them cost where the prices give just what stands in the log.
*/
const usageOf = (
	model: Model,
	{exchange}: Entry,
	{width, glyphs}: Place,
): readonly Line[] => {
	if (isOpen(exchange)) {
		return [];
	}

	const config = configOf(model);
	const parts = config && model.arithmetic?.(exchange, config);
	const place = {width, labelWidth, glyphs};
	const lines = parts === undefined ? [] : costLines(parts, place);
	return lines.length === 0 ? tokenLines(exchange, place) : lines;
};
