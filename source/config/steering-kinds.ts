import {asAsked} from '../exchange/as-asked.js';
import {good, otherThan, text, type Kind} from './kinds.js';

export const onStrikes = ['next', 'pause', 'return'] as const;
export const holdModes = ['hold', 'refuse'] as const;

/**
Whether there is such an alias, the whole document decides.
*/
export const aliasOrAsAsked = text(
	`the name of an alias, or "${asAsked}"`,
	/\S/,
);

/**
A model's name, in which each `*` stands for any text, also for none.
*/
export const modelPattern: Kind<string> = {
	allowed: 'a model, or a pattern with * for any text',
	read: (found) =>
		typeof found === 'string' && /^\P{Other}+$/u.test(found) && found.trim()
			? good(found)
			: otherThan(found),
};
