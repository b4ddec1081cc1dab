import {showClock} from '../../exchange/show.js';
import {cappedKeys, keyStandings, measuresOf, shareOf} from '../caps.js';
import type {KeyStanding} from '../../control/steering.js';
import type {Model} from '../model.js';
import type {Glyphs} from '../theme.js';
import {barPieces, toneOf, wholePercent} from './cap-bar.js';
import {spentFigure, spentOfCap} from './cap-text.js';
import {pad, steady, widthOf} from './fit-text.js';
import {clip, rule, type Line} from './line.js';

type Place = Readonly<{width: number; atMost: number; glyphs: Glyphs}>;

const barWidth = 16;

/**
Every key with what it spent today, those nearest to their caps first; empty where there is but one, or none
has a cap. The first line is a title; `atMost` counts it.
*/
export function keyLines(
	model: Model,
	{width, atMost, glyphs}: Place,
): readonly Line[] {
	const keys = keyStandings(model);
	const capped = cappedKeys(model);
	if (keys.length < 2 || capped.length === 0 || atMost < 2) {
		return [];
	}

	const shown = keys
		.toSorted((one, other) => fullnessOf(other) - fullnessOf(one))
		.slice(0, atMost - 1);
	const nameWidth = Math.min(
		16,
		Math.max(...shown.map(({name}) => widthOf(steady(name, glyphs)))),
	);
	const more = keys.length - shown.length;
	const right: Line = [
		[more > 0 ? `+${more}` : `resets ${showClock(capped[0]!.resetsAt)}`, 'dim'],
	];
	return [
		rule('keys today', right, {width, glyphs}),
		...shown.map((key) =>
			clip(keyLine(key, model.nowMs, {nameWidth, glyphs}), width, glyphs.cut),
		),
	];
}

const fullnessOf = (key: KeyStanding): number => {
	const [measure] = measuresOf(key);
	return measure ? shareOf(measure) : -1;
};

function keyLine(
	key: KeyStanding,
	nowMs: number,
	{nameWidth, glyphs}: Readonly<{nameWidth: number; glyphs: Glyphs}>,
): Line {
	const name = pad(steady(key.name, glyphs), nameWidth, {cut: glyphs.cut});
	const [measure] = measuresOf(key);
	if (!measure) {
		return [
			[`${name} `],
			[' '.repeat(barWidth + 5)],
			[` ${spentFigure('nanodollars', key.spentNanodollars)}`],
			[', no cap', 'dim'],
		];
	}

	const tone = toneOf(measure);
	return [
		[`${name} `],
		...barPieces(measure, nowMs, {
			width: barWidth,
			glyphs,
			isLow: true,
		}),
		[`${wholePercent(measure)}%`.padStart(5), tone === 'good' ? 'plain' : tone],
		[` ${spentOfCap(measure)}`],
	];
}
