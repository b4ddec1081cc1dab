import {oneStepBack} from '../moving.js';
import {closed} from '../overlay.js';
import {askedToStop, quit, whyNotStop} from '../stopping.js';
import type {KeyEntry} from './entry.js';

/**
Back, away, and the terminal itself.
*/
export const leavingKeys: readonly KeyEntry[] = [
	{
		name: 'back',
		shown: 'esc',
		says: 'one step back',
		hint: ({overlay, filter}) =>
			overlay === 'none' ? (filter === '' ? undefined : 'clears') : 'back',
		means: oneStepBack,
	},
	{
		name: 'stop',
		shown: 'Q',
		says: 'stop passthrough, quit',
		missing: whyNotStop,
		means: askedToStop,
		refusesReadOnly: true,
	},
	{
		name: 'redraw',
		shown: 'ctrl-l',
		says: 'redraw',
		means: (model) => model,
		effect: 'redraw',
	},
	{
		name: 'suspend',
		shown: 'ctrl-z',
		says: 'suspend to the shell',
		means: (model) => model,
		effect: 'suspend',
	},
	{
		name: 'quit',
		shown: 'q ctrl-c',
		says: 'quit (the agent goes on)',
		hint: ({overlay}) => (overlay === 'none' ? 'quit' : undefined),
		means: (model) => (model.overlay === 'none' ? quit(model) : closed(model)),
	},
	{
		name: 'leave',
		shown: '',
		says: '',
		means: (model) => ({...model, leaving: 'quit'}),
	},
];
