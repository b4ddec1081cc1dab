import type {Active} from './steering.js';

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
