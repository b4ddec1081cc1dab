import {aliasShown} from '../../exchange/as-asked.js';
import {type Active} from '../../control/steering.js';
import {inForce} from '../asked.js';
import {configOf} from '../connection.js';
import type {Model} from '../model.js';
import {aliasNamed, choices, targetParts} from '../steering-of.js';
import {pendingAlias} from '../switching.js';
import type {Glyphs} from '../theme.js';
import {shortModel, steady} from './fit-text.js';
import {showLeft} from './time-left.js';

/**
Which alias is active, the model it stands for, and how long it holds: the fullest wording first.
Undefined where no alias can be.
*/
export function activeTexts(
	model: Model,
	glyphs: Glyphs,
): readonly string[] | undefined {
	const pending = pendingAlias(model);
	if (pending !== undefined) {
		const name = steady(aliasShown(pending), glyphs);
		return [`${glyphs.arrow} ${name}${glyphs.soon}`];
	}

	const active = inForce(model, 'active')?.value;
	if (!active || (choices(model).length === 1 && active.alias === null)) {
		return undefined;
	}

	const roads = [Infinity, 8, 6].map((width) =>
		roadOf(model, active.alias, {width, glyphs}),
	);
	const held = holdTexts(active, model.nowMs, glyphs);
	return [
		...held.map((text) => `${roads[0]}  ${text}`),
		...roads
			.slice(1)
			.flatMap((road) => held.slice(1).map((text) => `${road}  ${text}`)),
		...roadsAlone(model, active.alias, glyphs),
	];
}

/**
Without how long it holds: first the model goes by a shorter name, then the spaces go, then the model is cut, then it goes.
*/
function roadsAlone(
	model: Model,
	alias: string | null,
	glyphs: Glyphs,
): readonly string[] {
	const named = (width: number) => roadOf(model, alias, {width, glyphs});
	const whole = [Infinity, 16, 12]
		.map((width) => named(width))
		.filter((road, index) => index === 0 || !road.endsWith(glyphs.cut));
	// A version that is cut would be another model's.
	const cut = [8, 6]
		.map((width) => named(width))
		.filter((road) => !(road.endsWith(glyphs.cut) && /[\d.].$/v.test(road)));
	return [
		...whole,
		...[...whole, ...cut].map((road) =>
			road.split(` ${glyphs.arrow} `).join(glyphs.arrow),
		),
		steady(aliasShown(alias), glyphs),
	];
}

function roadOf(
	model: Model,
	alias: string | null,
	{width, glyphs}: {width: number; glyphs: Glyphs},
): string {
	const first = aliasNamed(model, alias)?.targets[0];
	const target =
		alias === null
			? configOf(model)?.endpoint
			: first && shortModel(targetParts(first).model, width, glyphs.cut);
	return [aliasShown(alias), target]
		.filter((part) => part !== undefined)
		.map((part) => steady(part, glyphs))
		.join(` ${glyphs.arrow} `);
}

/**
How long the active alias holds, and what then: the fuller wording first; none where it stays.
*/
export function holdTexts(
	{until, requestsLeft, then}: Active,
	nowMs: number,
	glyphs: Glyphs,
): readonly string[] {
	const time = until === null ? undefined : showLeft(until - nowMs);
	const left = leftTexts(requestsLeft, time);
	return left.length === 0
		? []
		: [`${left[0]!}, then ${steady(aliasShown(then), glyphs)}`, ...left];
}

/**
Where both are given, whichever comes first ends it.
*/
function leftTexts(
	requests: number | null,
	time: string | undefined,
): readonly string[] {
	if (requests === null) {
		return time === undefined ? [] : [`${time} left`];
	}

	const count = `${requests} ${requests === 1 ? 'request' : 'requests'}`;
	return time === undefined
		? [`${count} left`]
		: [`${count} or ${time} left`, `${requests} req or ${time}`];
}
