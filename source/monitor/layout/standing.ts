import {showWait} from '../../exchange/show.js';
import type {EndpointStanding} from '../../control/steering.js';
import type {Model} from '../model.js';
import {steeringOf} from '../steering-of.js';
import type {Glyphs} from '../theme.js';
import {shortModel, steady} from './fit-text.js';
import {clip, lineWidth, type Line, type Piece} from './line.js';

type Place = Readonly<{width: number; glyphs: Glyphs}>;

/**
Endpoints that take less than they may, or keep requests waiting, or are let be. Undefined while there is
nothing to say.
*/
export function standingLine(
	model: Model,
	{width, glyphs}: Place,
): Line | undefined {
	const endpoints = steeringOf(model)?.endpoints ?? [];
	const partsWith = (modelWidth: number): readonly Line[] =>
		endpoints.flatMap((endpoint) => [
			...slotPieces(endpoint, glyphs),
			...breakerPieces(endpoint, model.nowMs, {modelWidth, glyphs}),
		]);
	const fullest = [Infinity, 20, 12]
		.map((one) => joined(partsWith(one), glyphs))
		.find((line) => lineWidth(line) <= width);
	const line = fullest ?? fitting(partsWith(12), {width, glyphs});
	return line.length === 0 ? undefined : clip(line, width, glyphs.cut);
}

const joined = (parts: readonly Line[], glyphs: Glyphs): Line =>
	parts.flatMap((part, index): Line =>
		index === 0 ? part : [[` ${glyphs.between} `, 'dim'], ...part],
	);

/**
As many whole parts as fit, and how many more there are.
*/
const fitting = (parts: readonly Line[], {width, glyphs}: Place): Line => {
	for (let count = parts.length - 1; count > 0; count--) {
		const line: Line = [
			...joined(parts.slice(0, count), glyphs),
			[` +${parts.length - count}`, 'warn'],
		];
		if (lineWidth(line) <= width) {
			return line;
		}
	}

	return parts[0] ?? [];
};

/**
`4/8 slots, 3 queued`; empty while all it may have can be used, and nothing waits.
*/
export function slotsText({slots, maxSlots, queued}: EndpointStanding): string {
	if (slots >= maxSlots && queued === 0) {
		return '';
	}

	const given =
		slots < maxSlots ? `${slots}/${maxSlots} slots` : `${slots} slots full`;
	return queued === 0 ? given : `${given}, ${queued} queued`;
}

export const breakerText = (
	{state, until}: EndpointStanding['breakers'][number],
	nowMs: number,
): string =>
	state === 'probing' ? 'probing' : `open ${showWait(until - nowMs)}`;

const slotPieces = (
	endpoint: EndpointStanding,
	glyphs: Glyphs,
): readonly Line[] => {
	const text = slotsText(endpoint);
	return text === ''
		? []
		: [[[steady(endpoint.name, glyphs)], [` ${text}`, 'warn']]];
};

const breakerPieces = (
	{name, breakers}: EndpointStanding,
	nowMs: number,
	{modelWidth, glyphs}: {modelWidth: number; glyphs: Glyphs},
): readonly Line[] =>
	breakers.map((breaker): Piece[] => {
		const model =
			breaker.model === null
				? ''
				: `/${shortModel(steady(breaker.model, glyphs), modelWidth, glyphs.cut)}`;
		return [
			[steady(name, glyphs) + model],
			[
				` ${breakerText(breaker, nowMs)}`,
				breaker.state === 'probing' ? 'warn' : 'bad',
			],
		];
	});
