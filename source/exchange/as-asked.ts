/**
How "no alias" is written; so no alias may be called that.
*/
export const asAsked = 'as-asked';

export const aliasShown = (alias: string | null): string => alias ?? asAsked;

/**
The alias that a setting or a command names; null for none.
*/
export const aliasOrNone = (name: string): string | null =>
	name === asAsked ? null : name;
