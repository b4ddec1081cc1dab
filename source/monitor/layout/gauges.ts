import {capBar} from './cap-bar.js';
import {aged} from './blocks.js';
import {lineWidth, type Line} from './line.js';
import {quotaLine} from './quota-bars.js';
import type {Sheet} from './sheet.js';
import {limitLine, outputLine} from './sparkline.js';

type Place = Pick<Sheet, 'model' | 'width' | 'glyphs'> &
	Readonly<{
		atMost: number;
		/**
		A coloured line stands above.
		*/
		isLow: boolean;
	}>;

type Gauge = Readonly<{
	/**
	What it takes of the room that there is, compared with the others.
	*/
	weight: number;
	most: number;
	line: (width: number) => Line | undefined;
}>;

/**
From so many cells on gauges stand beside each other.
*/
const besideFrom = 80;
const gap = 3;

/**
The caps, the quotas and the limits of a low pane: in one line where it is wide enough, else the gravest below
each other.
*/
export function gaugeLines(place: Place): readonly Line[] {
	const {width, atMost, model} = place;
	const gauges = gaugesOf(place);
	const all =
		width < besideFrom
			? gauges.slice(0, atMost).map(({line}) => line(width)!)
			: [joined(gauges, width)];
	return all.map((line) => aged(model, line));
}

function gaugesOf({model, width, glyphs, isLow}: Place): readonly Gauge[] {
	const all: readonly Gauge[] = [
		{
			weight: 5,
			most: Infinity,
			line: (room) => capBar(model, {width: room, glyphs, isLow}),
		},
		{
			weight: 4,
			most: 80,
			line: (room) => quotaLine(model, {width: room, glyphs}),
		},
		{
			weight: 3,
			most: 56,
			line: (room) => limitLine(model, room, glyphs),
		},
	];
	const drawn = all.filter(({line}) => line(width) !== undefined);
	const speed: Gauge = {
		weight: 3,
		most: Infinity,
		line: (room) => outputLine(model, room, glyphs),
	};
	return drawn.length === 1 && width >= besideFrom ? [speed, ...drawn] : drawn;
}

/**
Those that need not grow take their share, or less; the last, which can grow without end, what they leave.
*/
function joined(gauges: readonly Gauge[], width: number): Line {
	let room = width - gap * (gauges.length - 1);
	let weights = 0;
	for (const {weight} of gauges) {
		weights += weight;
	}

	const drawn = new Map<Gauge, Line>();
	for (const gauge of gauges.toSorted((one, other) => one.most - other.most)) {
		const share = Math.floor((room * gauge.weight) / weights);
		const line = gauge.line(Math.min(gauge.most, share)) ?? [];
		drawn.set(gauge, line);
		room -= lineWidth(line);
		weights -= gauge.weight;
	}

	return gauges.flatMap((gauge, index): Line => {
		const line = drawn.get(gauge)!;
		return index === 0 ? line : [[' '.repeat(gap)], ...line];
	});
}
