import type {Model} from './model.js';
import {idsListed, moved, nothingListed, oneStepBack} from './moving.js';
import {answeredAtCap, isAtCap, raiseAsked, whyNotCap} from './cap-keys.js';
import {capInputOpened, capTyped} from './cap-input.js';
import {answered} from './question.js';
import {askedToStop, quit, whyNotStop} from './stopping.js';
import {
	aliasAdvice,
	isPaused,
	pauseToggled,
	pickerToggled,
	remarked,
	switchedByDigit,
	switchedTo,
	switchUndone,
	whyNotSteer,
} from './switching.js';
import {choices} from './steering-of.js';

/**
One key: the footer, the help and the input all read this table.
*/
export type KeyEntry = Readonly<{
	/**
	Names as the terminal's input gives them: a character, `esc`, `ctrl-d`, …
	*/
	press: readonly string[];
	/**
	How the help names it.
	*/
	shown: string;
	/**
	What it does, in the help.
	*/
	says: string;
	/**
	What it does, in the footer; undefined while it need not be told of.
	*/
	hint?: (model: Model) => string | undefined;
	/**
	Why it cannot act now.
	*/
	missing?: (model: Model) => string | undefined;
	means: (model: Model, press: string) => Model;
	/**
	Changes what the passthrough does: not there in a monitor that only looks.
	*/
	steers?: true;
	/**
	Only refuses in a monitor that only looks: not in its help.
	*/
	refusesReadOnly?: true;
	/**
	May come several times in one read: held down, or over a slow line.
	*/
	repeats?: true;
	/**
	The terminal's own business: done by the one that owns it.
	*/
	effect?: 'redraw' | 'suspend';
}>;

const hasAliases = (model: Model): boolean => choices(model).length > 1;

const isSteerable = (model: Model): boolean =>
	whyNotSteer(model) === undefined && model.overlay !== 'help';

export const keys: readonly KeyEntry[] = [
	{
		press: ['?'],
		shown: '?',
		says: 'this help',
		hint: ({overlay}) => (overlay === 'help' ? undefined : 'help'),
		means: (model) => ({
			...model,
			overlay: model.overlay === 'help' ? 'none' : 'help',
		}),
	},
	{
		press: ['p', ' '],
		shown: 'p space',
		says: 'pause, resume the agent',
		hint: (model) =>
			isSteerable(model) ? (isPaused(model) ? 'resume' : 'pause') : undefined,
		missing: whyNotSteer,
		means: pauseToggled,
		steers: true,
	},
	{
		press: ['a'],
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
		press: [...'123456789'],
		shown: '1-9',
		says: 'switch to alias 1-9',
		missing: (model) => (hasAliases(model) ? whyNotSteer(model) : undefined),
		means: switchedByDigit,
		steers: true,
	},
	{
		press: ['0'],
		shown: '0',
		says: 'leave models as asked',
		missing: (model) => (hasAliases(model) ? whyNotSteer(model) : undefined),
		means: switchedByDigit,
		steers: true,
	},
	{
		press: ['u'],
		shown: 'u',
		says: 'undo the last switch',
		missing: whyNotSteer,
		means: switchUndone,
		steers: true,
	},
	{
		press: ['c'],
		shown: 'c',
		says: "change today's cap",
		hint: (model) => (isSteerable(model) && isAtCap(model) ? 'cap' : undefined),
		missing: whyNotCap,
		means: capInputOpened,
		steers: true,
	},
	{
		press: ['+'],
		shown: '+ 1 f n',
		says: 'answers at the cap',
		missing: whyNotCap,
		means: raiseAsked,
		steers: true,
	},
	{
		press: ['enter'],
		shown: 'enter',
		says: 'detail of a request',
		hint: ({overlay, exchanges}) =>
			overlay === 'none' && exchanges.size > 0
				? 'detail'
				: overlay === 'picker'
					? 'use'
					: undefined,
		missing: nothingListed,
		means: (model) =>
			model.overlay === 'picker'
				? switchedTo(model, model.picked)
				: {
						...model,
						overlay: model.overlay === 'detail' ? 'none' : 'detail',
						// What is looked at must not change when another one comes.
						selected: model.selected ?? idsListed(model)[0],
					},
	},
	{
		press: ['j', 'down'],
		shown: 'j k up down',
		says: 'move',
		missing: nothingListed,
		means: (model) => moved(model, 1),
		repeats: true,
	},
	{
		press: ['k', 'up'],
		shown: '',
		says: '',
		missing: nothingListed,
		means: (model) => moved(model, -1),
		repeats: true,
	},
	{
		press: ['g', 'home'],
		shown: 'g G',
		says: 'newest, oldest',
		missing: nothingListed,
		means: (model) => moved(model, -Infinity),
	},
	{
		press: ['G', 'end'],
		shown: '',
		says: '',
		missing: nothingListed,
		means: (model) => moved(model, Infinity),
	},
	{
		press: ['ctrl-d', 'pgdn'],
		shown: 'ctrl-d ctrl-u',
		says: 'half a page',
		missing: nothingListed,
		means: (model) => moved(model, 'half'),
		repeats: true,
	},
	{
		press: ['ctrl-u', 'pgup'],
		shown: '',
		says: '',
		missing: nothingListed,
		means: (model) => moved(model, '-half'),
		repeats: true,
	},
	{
		press: ['f'],
		shown: 'f',
		says: 'follow newest again',
		hint: ({selected, overlay, capAskedAtMs}) =>
			selected === undefined ||
			capAskedAtMs !== undefined ||
			overlay === 'help' ||
			overlay === 'picker'
				? undefined
				: 'follow',
		missing: ({selected}) =>
			selected === undefined ? 'It follows the newest already.' : undefined,
		means: (model) => ({...model, selected: undefined}),
	},
	{
		press: ['esc'],
		shown: 'esc',
		says: 'one step back',
		hint: ({overlay}) => (overlay === 'none' ? undefined : 'back'),
		means: oneStepBack,
	},
	{
		press: ['Q'],
		shown: 'Q',
		says: 'stop passthrough, quit',
		missing: whyNotStop,
		means: askedToStop,
		refusesReadOnly: true,
	},
	{
		press: ['ctrl-l'],
		shown: 'ctrl-l',
		says: 'redraw',
		means: (model) => model,
		effect: 'redraw',
	},
	{
		press: ['ctrl-z'],
		shown: 'ctrl-z',
		says: 'suspend to the shell',
		means: (model) => model,
		effect: 'suspend',
	},
	{
		press: ['q'],
		shown: 'q ctrl-c',
		says: 'quit (the agent goes on)',
		hint: ({overlay}) => (overlay === 'none' ? 'quit' : undefined),
		means: (model) =>
			model.overlay === 'none' ? quit(model) : {...model, overlay: 'none'},
	},
	{
		press: ['ctrl-c'],
		shown: '',
		says: '',
		means: (model) => ({...model, leaving: 'quit'}),
	},
];

/**
Those of a monitor that may do what they do.
*/
export const keysOf = ({readOnly}: Model): readonly KeyEntry[] =>
	keys.filter(({steers}) => !(readOnly && steers));

export const keyFor = (press: string): KeyEntry | undefined =>
	keys.find((entry) => entry.press.includes(press));

/**
What becomes of the model when `key` is pressed. A key that cannot act says why.
*/
export function pressed(model: Model, key: string): Model {
	const open = key === 'ctrl-c' ? undefined : pressedWhileAsked(model, key);
	if (open) {
		return open;
	}

	const entry = keyFor(key);
	if (!entry || !keysOf(model).includes(entry)) {
		return model;
	}

	const why = entry.missing?.(model);
	return why === undefined
		? entry.means({...model, remark: undefined}, key)
		: remarked(model, why);
}

/**
What a key means to whatever the screen asks; undefined for those that mean what they always do.
*/
function pressedWhileAsked(model: Model, key: string): Model | undefined {
	if (model.question !== undefined) {
		return answered(model, key);
	}

	return model.capInput === undefined
		? answeredAtCap(model, key)
		: capTyped(model, key);
}
