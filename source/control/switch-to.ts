import type {Active, Change} from './steering.js';

export type Lasting = Pick<Active, 'until' | 'requestsLeft'>;

export const forGood: Lasting = {until: null, requestsLeft: null};

export const isPassing = ({until, requestsLeft}: Lasting): boolean =>
	until !== null || requestsLeft !== null;

/**
The alias that holds for good: the active one, or what it falls back to.
*/
export const aliasForGood = (active: Active): string | null =>
	isPassing(active) ? active.then : active.alias;

/**
Another alias than the one before, for good or for a while. Null: as asked. What ends by itself falls back
to what held for good before.
*/
export const switchTo = (
	alias: string | null,
	before: Active | undefined,
	lasting: Lasting = forGood,
): Active => ({
	alias,
	...lasting,
	// eslint-disable-next-line unicorn/no-thenable -- A name or null: nothing that could be called.
	then: isPassing(lasting) && before ? aliasForGood(before) : null,
});

/**
What is active instead where the config has lost an alias of a switch: the first that is left of the
switch itself and of `first`, the active one of the config. Undefined where none is lost.
*/
export function insteadOfGone(
	{alias, then}: Active,
	{
		first,
		isAlias,
	}: Readonly<{first: string | null; isAlias(name: string): boolean}>,
): Pick<Change<Active>, 'value' | 'setBy' | 'reason'> | undefined {
	const isGone = (name: string | null) => name !== null && !isAlias(name);
	const gone = [alias, then].find((name) => isGone(name));
	if (typeof gone !== 'string') {
		return undefined;
	}

	const known = [alias, then, first].find(
		(name) => name !== null && !isGone(name),
	);
	return {
		value: switchTo(known ?? null, undefined),
		setBy: 'config',
		reason: `The alias ${gone} is no longer in the config.`,
	};
}
