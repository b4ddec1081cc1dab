import {showDuration} from '../../exchange/show.js';
import type {Glyphs, Tone} from '../theme.js';
import {widthOf} from './fit-text.js';
import {lineWidth, type Line, type Piece} from './line.js';
import {phaseKinds, type Phase, type PhaseKind} from './phases.js';

const looks: Readonly<
	Record<PhaseKind, Readonly<{glyph: keyof Glyphs; tone: Tone; word: string}>>
> = {
	held: {glyph: 'reserved', tone: 'warn', word: 'held'},
	waiting: {glyph: 'empty', tone: 'info', word: 'no answer yet'},
	streaming: {glyph: 'full', tone: 'good', word: 'answer'},
	backoff: {glyph: 'between', tone: 'accent', word: 'before next try'},
};

/**
A bar over the whole life of an exchange, every phase with a cell at least, and below it what each kind of
phase took. Nothing where there is no room, or nothing has passed.
*/
export function timelineLines(
	phases: readonly Phase[],
	{width, glyphs}: Readonly<{width: number; glyphs: Glyphs}>,
): readonly Line[] {
	const cells = Math.min(width, 60);
	if (phases.length === 0 || phases.length > cells || cells < 10) {
		return [];
	}

	const sizes = cellsOf(phases, cells);
	const drawn = phases.map(({kind}, index): Piece => {
		const {glyph, tone} = looks[kind];
		return [glyphs[glyph].repeat(sizes[index]!), tone];
	});
	const words = legend(phases, {width, glyphs});
	return words.every((line) => lineWidth(line) <= width)
		? [drawn, ...words]
		: [drawn];
}

/**
How many cells each phase gets of them: its share, but one at least, taken from the largest.
*/
export function cellsOf(
	phases: readonly Phase[],
	cells: number,
): readonly number[] {
	const all = phases.reduce((sum, phase) => sum + lengthOf(phase), 0);
	const sizes = phases.map((phase) =>
		Math.max(1, Math.round((lengthOf(phase) / all) * cells)),
	);
	let over = sizes.reduce((sum, size) => sum + size, 0) - cells;
	while (over !== 0) {
		const largest = sizes.indexOf(Math.max(...sizes));
		sizes[largest]! -= Math.sign(over);
		over -= Math.sign(over);
	}

	return sizes;
}

const lengthOf = ({fromMs, toMs}: Phase): number => toMs - fromMs;

/**
As many lines as its words need; a word and its time stay together.
*/
function legend(
	phases: readonly Phase[],
	{width, glyphs}: Readonly<{width: number; glyphs: Glyphs}>,
): readonly Line[] {
	const lines: Piece[][] = [[]];
	let used = 0;
	for (const kind of phaseKinds) {
		const took = phases
			.filter((phase) => phase.kind === kind)
			.reduce((sum, phase) => sum + lengthOf(phase), 0);
		if (took === 0) {
			continue;
		}

		const {glyph, tone, word} = looks[kind];
		const text = ` ${word} ${showDuration(took)}`;
		const needed = widthOf(glyphs[glyph] + text);
		const gap = used === 0 ? 0 : 2;
		if (used + gap + needed > width && used > 0) {
			lines.push([]);
			used = 0;
		} else if (gap > 0) {
			lines.at(-1)!.push(['  ']);
			used += gap;
		}

		lines.at(-1)!.push([glyphs[glyph], tone], [text, 'dim']);
		used += needed;
	}

	return lines;
}
