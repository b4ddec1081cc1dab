import {isAtCap, raiseAsked, whyNotCap} from '../cap-keys.js';
import {capInputOpened} from '../cap-input.js';
import type {Model} from '../model.js';
import {choices} from '../steering-of.js';
import {
	aliasAdvice,
	isPaused,
	pauseToggled,
	pickerToggled,
	remarked,
	switchedByDigit,
	switchUndone,
	whyNotSteer,
} from '../switching.js';
import type {KeyEntry} from './entry.js';

const hasAliases = (model: Model): boolean => choices(model).length > 1;

const isSteerable = (model: Model): boolean =>
	whyNotSteer(model) === undefined && model.overlay !== 'help';

/**
What the agent may do, with which model, for how much.
*/
export const steeringKeys: readonly KeyEntry[] = [
	{
		name: 'pause',
		shown: 'p space',
		says: 'pause, resume the agent',
		hint: (model) =>
			isSteerable(model) ? (isPaused(model) ? 'resume' : 'pause') : undefined,
		missing: whyNotSteer,
		means: pauseToggled,
		steers: true,
	},
	{
		name: 'alias',
		shown: 'a',
		says: 'pick the active alias',
		hint: (model) =>
			isSteerable(model) && hasAliases(model) && model.overlay !== 'picker'
				? 'alias'
				: undefined,
		missing: whyNotSteer,
		means: (model) =>
			hasAliases(model)
				? pickerToggled(model)
				: remarked(model, ...aliasAdvice(model)),
		steers: true,
	},
	{
		name: 'switch',
		shown: '1-9',
		says: 'switch to alias 1-9',
		missing: (model) => (hasAliases(model) ? whyNotSteer(model) : undefined),
		means: switchedByDigit,
		steers: true,
	},
	{
		name: 'as_asked',
		shown: '0',
		says: 'leave models as asked',
		missing: (model) => (hasAliases(model) ? whyNotSteer(model) : undefined),
		means: switchedByDigit,
		steers: true,
	},
	{
		name: 'undo',
		shown: 'u',
		says: 'undo the last switch',
		missing: whyNotSteer,
		means: switchUndone,
		steers: true,
	},
	{
		name: 'cap',
		shown: 'c',
		says: "change today's cap",
		hint: (model) => (isSteerable(model) && isAtCap(model) ? 'cap' : undefined),
		missing: whyNotCap,
		means: capInputOpened,
		steers: true,
	},
	{
		name: 'raise',
		shown: '+ 1 f n',
		says: 'answers at the cap',
		missing: whyNotCap,
		means: raiseAsked,
		steers: true,
	},
];
