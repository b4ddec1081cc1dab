import type {Model} from '../model.js';
import {quotasOf, type Quota} from '../quotas.js';
import type {Glyphs, Tone} from '../theme.js';
import {showLeft} from './time-left.js';
import {steady} from './fit-text.js';
import {clip, lineWidth, type Line, type Piece} from './line.js';

type Place = Readonly<{width: number; glyphs: Glyphs}>;

/**
From so many cells on all limits are told of, not only those that are near.
*/
const roomyFrom = 100;
const widestBar = 24;

/**
How much of a plan's windows and of the limits per minute is used, and when they reset:
`quota 5h ████░░ 42% 2h10  7d ██░░ 31% 4d`. Undefined where no endpoint tells of any.
*/
export function quotaLine(
	model: Model,
	{width, glyphs}: Place,
): Line | undefined {
	const quotas = quotasOf(model, {all: width >= roomyFrom});
	return quotas.length === 0
		? undefined
		: fitting(model.nowMs, quotas, {width, glyphs});
}

/**
The tightest one in a few cells: `5h 42%`.
*/
export const quotaText = (quota: Quota): string =>
	`${nameOf(quota)} ${percentOf(quota)}`;

type Style = Readonly<{
	label: string;
	leastBar: number;
	reset: 'long' | 'short' | 'none';
}>;

const styles: readonly Style[] = [
	{label: 'quota ', leastBar: 12, reset: 'long'},
	{label: 'quota ', leastBar: 4, reset: 'short'},
	{label: '', leastBar: 4, reset: 'short'},
	{label: '', leastBar: 0, reset: 'short'},
	{label: '', leastBar: 0, reset: 'none'},
];

/**
Limits per minute go before bars become too short, and a plan's windows last of all.
*/
function fitting(
	nowMs: number,
	quotas: readonly Quota[],
	{width, glyphs}: Place,
): Line {
	const least = Math.min(2, quotas.length);
	for (const style of styles) {
		for (let count = quotas.length; count >= least; count--) {
			const line = drawn(nowMs, quotas.slice(0, count), {width, glyphs, style});
			if (line) {
				return line;
			}
		}
	}

	const [first] = quotas;
	return lineWidth([[quotaText(first!)]]) <= width
		? [[quotaText(first!), toneOf(first!)]]
		: clip([[nameOf(first!), toneOf(first!)]], width, glyphs.cut);
}

function drawn(
	nowMs: number,
	quotas: readonly Quota[],
	{width, glyphs, style}: Place & Readonly<{style: Style}>,
): Line | undefined {
	const texts = quotas.map((quota) => ({
		quota,
		head: `${headOf(quota, glyphs)} `,
		tail: tailOf(quota, nowMs, style),
	}));
	const taken = texts.reduce(
		(sum, {head, tail}, index) =>
			sum + lineWidth([[head], [tail]]) + (index === 0 ? 0 : 2),
		style.label.length,
	);
	const hasBars = style.leastBar > 0;
	// A space goes with every bar.
	const room = width - taken - (hasBars ? quotas.length : 0);
	const cells = Math.min(widestBar, Math.floor(room / quotas.length));
	if (room < 0 || (hasBars && cells < style.leastBar)) {
		return undefined;
	}

	return [
		[style.label, 'dim'] as Piece,
		...texts.flatMap(({quota, head, tail}, index): Line => {
			const tone = quota.isOld ? 'dim' : toneOf(quota);
			return [
				[`${index === 0 ? '' : '  '}${head}`, 'dim'],
				...(hasBars ? barOf(quota, cells, {glyphs, tone}) : []),
				[tail, tone === 'good' ? 'plain' : tone],
			];
		}),
	].filter(([text]) => text !== '');
}

/**
Less than a full cell high, as the bar of the cap may stand above it.
*/
const barOf = (
	{used}: Quota,
	cells: number,
	{glyphs, tone}: {glyphs: Glyphs; tone: Tone},
): Line => {
	const filled = Math.min(cells, Math.max(0, Math.round(used * cells)));
	return [
		[glyphs.lowFull.repeat(filled), tone],
		[glyphs.lowEmpty.repeat(cells - filled), 'dim'],
		[' '],
	];
};

const headOf = (quota: Quota, glyphs: Glyphs): string =>
	quota.endpoint === undefined
		? nameOf(quota)
		: `${steady(quota.endpoint, glyphs)} ${nameOf(quota)}`;

const shortNames: Readonly<Record<string, string>> = {
	requests: 'req/m',
	tokens: 'tok/m',
	'input-tokens': 'in/m',
	'output-tokens': 'out/m',
};

const nameOf = ({name}: Quota): string => shortNames[name] ?? name;

const percentOf = ({used, isRejected}: Quota): string =>
	isRejected ? 'rejected' : `${Math.floor(used * 100 + 1e-9)}%`;

function tailOf(quota: Quota, nowMs: number, {reset}: Style): string {
	const percent = percentOf(quota);
	if (quota.resetAt === undefined || reset === 'none') {
		return percent;
	}

	const left = untilText(quota.resetAt - nowMs);
	return reset === 'long'
		? `${percent}, resets in ${left}`
		: `${percent} ${left}`;
}

const dayMs = 86_400_000;

/**
`4d`, `2h10`, `12m`, `<1m`: not to the second, as that would redraw the line for nobody.
*/
const untilText = (ms: number): string => {
	if (ms >= 2 * dayMs) {
		return `${Math.round(ms / dayMs)}d`;
	}

	return ms < 59_500 ? '<1m' : showLeft(ms);
};

/**
As the bar of the cap: yellow from four fifths on, red where nothing is left.
*/
export const toneOf = ({used, isRejected}: Quota): Tone =>
	isRejected || used >= 1 ? 'bad' : used >= 0.8 ? 'warn' : 'good';
