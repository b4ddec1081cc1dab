import type {KeyStanding} from '../control/steering.js';
import type {Model} from './model.js';
import {steeringOf} from './steering-of.js';

/**
Requests without a local key count for this one.
*/
const keyless = 'default';

export const keyOf = ({key}: Readonly<{key: string | null}>): string =>
	key ?? keyless;

/**
One of the caps of a key and how much of it is gone: nano-dollars or tokens, today's.
*/
export type CapMeasure = Readonly<{
	key: KeyStanding;
	of: 'nanodollars' | 'tokens';
	cap: number;
	spent: number;
	reserved: number;
}>;

/**
Every key that the config names, capped or not; none where the passthrough says nothing of them.
*/
export const keyStandings = (model: Model): readonly KeyStanding[] =>
	steeringOf(model)?.keys ?? [];

export const standingOf = (
	model: Model,
	name: string,
): KeyStanding | undefined =>
	keyStandings(model).find((key) => key.name === name);

/**
The caps that a key has, the one that is nearest to its end first.
*/
export const measuresOf = (key: KeyStanding): readonly CapMeasure[] =>
	[
		measured(key, 'nanodollars', key.capNanodollars, {
			spent: key.spentNanodollars,
			reserved: key.reservedNanodollars,
		}),
		measured(key, 'tokens', key.capTokens, {
			spent: key.spentTokens,
			reserved: key.reservedTokens,
		}),
	]
		.filter((one) => one !== undefined)
		.toSorted((one, other) => fullness(other) - fullness(one));

const measured = (
	key: KeyStanding,
	of: CapMeasure['of'],
	cap: number | null,
	gone: Readonly<{spent: number; reserved: number}>,
): CapMeasure | undefined =>
	cap === null ? undefined : {key, of, cap, ...gone};

/**
What part of the cap is spent, 0 to 1 and beyond. A cap of nothing is always full.
*/
export const shareOf = ({spent, cap}: CapMeasure): number =>
	cap > 0 ? spent / cap : 1;

const fullness = ({spent, reserved, cap}: CapMeasure): number =>
	cap > 0 ? (spent + reserved) / cap : 1;

export const cappedKeys = (model: Model): readonly KeyStanding[] =>
	keyStandings(model).filter((key) => measuresOf(key).length > 0);

/**
The cap that the bar tells of. Of several keys: the one that a question is about, else the one of the
newest request, else the one nearest to its cap.
*/
export function capShown(model: Model, asked?: string): CapMeasure | undefined {
	const keys = cappedKeys(model);
	const named = (name: string | undefined) =>
		keys.find((key) => key.name === name);
	const key =
		named(asked) ??
		(keys.length > 1 ? named(newestKey(model)) : undefined) ??
		keys.toSorted((one, other) => nearest(other) - nearest(one))[0];
	return key && measuresOf(key)[0];
}

const nearest = (key: KeyStanding): number =>
	Math.max(...measuresOf(key).map((one) => fullness(one)));

/**
The key of the newest request that asks a model.
*/
export function newestKey(model: Model): string | undefined {
	let newest: {id: number; key: string} | undefined;
	for (const {id, key, format} of model.exchanges.values()) {
		if (format !== null && id > (newest?.id ?? 0)) {
			newest = {id, key: keyOf({key})};
		}
	}

	return newest?.key;
}

/**
Whether nothing more goes by this cap: as the passthrough says, or as the figures do.
*/
export const isReached = (measure: CapMeasure): boolean =>
	measure.key.isReached || shareOf(measure) >= 1;
