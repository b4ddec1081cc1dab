import {showClock, showDuration, showShare} from '../../exchange/show.js';
import {fullIn} from '../cap-burn.js';
import {capShown, isReached, type CapMeasure} from '../caps.js';
import {isFresh} from '../connection.js';
import {
	addSums,
	hourSums,
	weightOf,
	type DaySums,
	type HourSums,
} from '../day-sums.js';
import {keyName} from '../key-name.js';
import type {Model} from '../model.js';
import type {Tone} from '../theme.js';
import {beside} from './beside.js';
import {wholePercent} from './cap-bar.js';
import {spentOfCap, whoseCap} from './cap-text.js';
import {dayDoubts, dayFigures, hourWords} from './day-figures.js';
import {modelLines} from './day-models.js';
import {fold} from './fit-text.js';
import {flow} from './flow.js';
import {hourChart} from './hour-chart.js';
import {clip, lineWidth, rule, toned, type Line} from './line.js';
import type {Overlay} from './overlays.js';
import type {Sheet} from './sheet.js';

const twoPartsFrom = 120;
const lowUntil = 9;
const leastForChart = 4;

/**
Today by hour and by model, as pictures. Its sums are those of the log.
*/
export function dayOverlay(sheet: Sheet): Overlay {
	const {model, width, glyphs} = sheet;
	const total = addSums(model.totals);
	const lines =
		total.requests + total.attempts === 0
			? emptyLines(model, width)
			: dayLines(sheet, total);
	return {
		title: titleOf(model),
		hint: `${keyName(model, 'back')} back`,
		lines: lines.map((line) =>
			clip(isFresh(model) ? line : toned(line, 'dim'), width, glyphs.cut),
		),
	};
}

/**
Says when the day began where that is not midnight here.
*/
function titleOf({hours}: Model): string {
	const [first] = hours;
	if (first === undefined) {
		return 'today';
	}

	const from = first.clock === '00:00' ? '' : ` from ${first.clock}`;
	const here = showClock(first.fromMs);
	return `today${from}${here === first.clock ? '' : `, ${here} here`}`;
}

const emptyLines = ({hours}: Model, width: number): readonly Line[] => {
	const last = hours.at(-1);
	return [
		[],
		...prose('Nothing was asked today yet.', width, 'plain'),
		...prose(
			`What agents ask appears here by itself, by hour and by model.${last === undefined ? '' : ` The day ends ${showClock(last.toMs)}.`}`,
			width,
		),
	];
};

function dayLines(sheet: Sheet, total: DaySums): readonly Line[] {
	const {model, width, height, glyphs} = sheet;
	const figures = [
		...flow(dayFigures(total, glyphs), width),
		...capLines(model, sheet),
	];
	const doubts = dayDoubts(total).flatMap((text) => prose(text, width, 'warn'));
	const isWide = width >= twoPartsFrom;
	const leftWidth = isWide ? Math.min(96, Math.floor(width * 0.48)) : width;
	const rightWidth = isWide ? width - leftWidth - 3 : width;
	const models = [
		rule('by model', [], {width: rightWidth, glyphs}),
		...modelLines(model.totals, {width: rightWidth, glyphs}),
	];
	const taken =
		figures.length + doubts.length + (isWide ? 0 : models.length) + chartExtra;
	const chart = chartLines(model, total, {
		width: leftWidth,
		height: Math.max(height < 12 ? 2 : 3, Math.min(8, height - 1 - taken)),
		glyphs,
	});
	if (height < leastForChart) {
		return [...figures, ...models, ...doubts];
	}

	if (height < lowUntil) {
		// Where little is seen at once, that is the picture.
		return [...chart.slice(1), ...figures, ...models, ...doubts];
	}

	return [
		...figures,
		...(isWide
			? beside(chart, models, {leftWidth, width, glyphs})
			: [...chart, ...models]),
		...doubts,
	];
}

/**
Beside the columns of a chart: its title, the hours, and the words.
*/
const chartExtra = 3;

function chartLines(
	model: Model,
	total: DaySums,
	{width, height, glyphs}: Pick<Sheet, 'width' | 'height' | 'glyphs'>,
): readonly Line[] {
	const hours = fitting(hourSums(model), width);
	const weight = weightOf(total);
	const pace = paceOf(model, weight.unit);
	const right: Line =
		pace === undefined || width < 44
			? []
			: [[`cap allows ${weight.words(pace)} an hour`, 'dim']];
	const title = rule('by hour', right, {width, glyphs});
	if (hours.length === 0) {
		return [title, ...Array.from({length: height + 2}, (): Line => [])];
	}

	return [
		title,
		...hourChart(hours, weight, {
			nowMs: model.nowMs,
			width,
			height,
			glyphs,
			pace,
		}),
		...hourProse(hourWords(hours, weight, model.nowMs) ?? '', width),
	];
}

/**
Where both have no room beside each other, the one hour stands below the other.
*/
const hourProse = (text: string, width: number): readonly Line[] => {
	const parts = text.length <= width ? [text] : text.split(/(?<=,) /v);
	return parts.flatMap((part) => prose(part, width));
};

/**
Several hours as one where there are fewer cells than hours.
*/
function fitting(
	hours: readonly HourSums[],
	width: number,
): readonly HourSums[] {
	const by = Math.ceil(hours.length / Math.max(1, width));
	return by <= 1
		? hours
		: [
				...Map.groupBy(hours, (hour) =>
					Math.floor(hours.indexOf(hour) / by),
				).values(),
			].map((group) => ({
				...group[0]!,
				toMs: group.at(-1)!.toMs,
				sums: addSums(group.map(({sums}) => sums)),
			}));
}

/**
What each hour may take if a cap of dollars is spent evenly.
*/
function paceOf(model: Model, unit: string): number | undefined {
	const measure = capShown(model);
	const hours = measure
		? (measure.key.resetsAt - measure.key.from) / 3_600_000
		: 0;
	return measure?.of === 'nanodollars' && unit === 'cost' && hours > 0
		? measure.cap / hours
		: undefined;
}

function capLines(model: Model, {width, glyphs}: Sheet): readonly Line[] {
	const measure = capShown(model);
	if (measure === undefined) {
		return [];
	}

	const {key} = measure;
	const passed = Math.max(0, model.nowMs - key.from);
	const figures: readonly Line[] = [
		[
			['cap ', 'dim'],
			[spentOfCap(measure), 'bold'],
			[`${whoseCap(model, measure, glyphs)}, ${wholePercent(measure)}%`, 'dim'],
		],
		[[`${showShare(passed, key.resetsAt - key.from)} of the day`, 'dim']],
		[[endWords(model, measure), 'dim']],
	];
	const told = figures.filter((figure) => lineWidth(figure) > 0);
	return flow(told, width, 4);
}

/**
Nothing of what is to come while the figures are old.
*/
function endWords(model: Model, measure: CapMeasure): string {
	const resets = showClock(measure.key.resetsAt);
	if (isReached(measure)) {
		return `reached, resets ${resets}`;
	}

	const ends = isFresh(model) ? fullIn(model, measure) : undefined;
	return ends === undefined
		? ''
		: ends === 'never'
			? `not full before ${resets}`
			: `full in ${showDuration(ends)}`;
}

const prose = (
	text: string,
	width: number,
	tone: Tone = 'dim',
): readonly Line[] => fold(text, width).map((part): Line => [[part, tone]]);
