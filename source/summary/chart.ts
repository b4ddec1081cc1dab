import type {Sums} from '../exchange/measures.js';
import {showCents, showCount} from '../exchange/show.js';
import {lineWidth, rule, widthOf, type Line, type Piece} from './line.js';
import type {Look} from './look.js';
import type {Slice, Slices} from './summary.js';
import {addSums, tokensOf} from './sums.js';
import {monthNames, weekdayOf} from './dates.js';
import {count} from './words.js';

const height = 4;
const widestSlot = 8;

/**
A column for each piece of time, and which it is below. By cost; where nothing has a price, by tokens,
and by requests where those are not known either.
*/
export function chart({unit, slices}: Slices, look: Look): readonly Line[] {
	const {weigh, words} = weightOf(addSums(slices.map(({sums}) => sums)));
	const valueOf = ({sums}: Slice) => weigh(sums);
	const top = slices.toSorted((a, b) => valueOf(b) - valueOf(a))[0]!;
	const slot = Math.max(
		1,
		Math.min(Math.floor(look.width / slices.length), widestSlot),
	);
	const labels = slices.map((slice) => labelOf(unit, slice, slices.length));
	return [
		rule(
			`by ${unit}`,
			`most ${words(valueOf(top))} ${whenOf(unit, top)}`,
			look,
		),
		...columns(
			slices.map((slice) => valueOf(slice) / valueOf(top)),
			slot,
			look,
		),
		[[labelLine(labels, slot), 'dim']],
	];
}

type Weight = Readonly<{
	weigh(sums: Sums): number;
	words(value: number): string;
}>;

function weightOf(total: Sums): Weight {
	if (total.costNanodollars > 0) {
		return {weigh: ({costNanodollars}) => costNanodollars, words: showCents};
	}

	return tokensOf(total) > 0
		? {weigh: tokensOf, words: (value) => `${showCount(value)} tokens`}
		: {
				weigh: ({requests}) => requests,
				words: (value) => `${showCount(value)} ${count(value, 'request')}`,
			};
}

function columns(
	shares: readonly number[],
	slot: number,
	{glyphs}: Look,
): readonly Line[] {
	const steps = [...glyphs.column];
	const cells = slot > 1 ? slot - 1 : 1;
	const gap = ' '.repeat(slot - cells);
	const levels = shares.map((share) =>
		share > 0 ? Math.max(1, Math.round(share * height * steps.length)) : 0,
	);
	const rows = Array.from({length: height}, (_, index) => height - 1 - index);
	return rows
		.map((row): Piece => {
			const text = levels.map((level) => {
				const here = Math.min(level - row * steps.length, steps.length);
				return (here > 0 ? steps[here - 1]! : ' ').repeat(cells) + gap;
			});
			return [text.join('').trimEnd(), 'info'];
		})
		.map((piece) => [piece])
		.filter((line, index) => index > 0 || lineWidth(line) > 0);
}

const labelSteps = [1, 2, 3, 4, 6, 12] as const;

function labelLine(labels: readonly string[], slot: number): string {
	const longest = Math.max(...labels.map((label) => widthOf(label)));
	const step = labelSteps.find((one) => one * slot > longest) ?? labels.length;
	return labels
		.flatMap((label, index) =>
			index % step === 0 ? [label.padEnd(step * slot)] : [],
		)
		.join('')
		.trimEnd();
}

const fewDays = 7;

function labelOf(unit: Slices['unit'], {name}: Slice, pieces: number): string {
	switch (unit) {
		case 'hour': {
			return name.slice(11, 13);
		}

		case 'day': {
			return pieces > fewDays
				? String(Number(name.slice(8)))
				: weekdayOf(name).slice(0, 3);
		}

		case 'month': {
			return monthNames[Number(name.slice(5, 7)) - 1]!.slice(0, 3);
		}

		case 'year': {
			return name;
		}
	}
}

function whenOf(unit: Slices['unit'], {name}: Slice): string {
	switch (unit) {
		case 'hour': {
			return `at ${name.slice(11, 16)}`;
		}

		case 'day': {
			return `on ${weekdayOf(name).slice(0, 3)} ${Number(name.slice(8))}`;
		}

		case 'month': {
			return `in ${monthNames[Number(name.slice(5, 7)) - 1]!}`;
		}

		case 'year': {
			return `in ${name}`;
		}
	}
}
