import {idsListed, moved, nothingListed} from '../moving.js';
import {toggled} from '../overlay.js';
import {switchedTo} from '../switching.js';
import type {KeyEntry} from './entry.js';

/**
What is looked at in the list, and where.
*/
export const listKeys: readonly KeyEntry[] = [
	{
		name: 'detail',
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
						...toggled(model, 'detail'),
						// What is looked at must not change when another one comes.
						selected: model.selected ?? idsListed(model)[0],
					},
	},
	{
		name: 'down',
		shown: 'j k up down',
		says: 'move',
		missing: nothingListed,
		means: (model) => moved(model, 1),
		repeats: true,
	},
	{
		name: 'up',
		shown: '',
		says: '',
		missing: nothingListed,
		means: (model) => moved(model, -1),
		repeats: true,
	},
	{
		name: 'newest',
		shown: 'g G',
		says: 'newest, oldest',
		missing: nothingListed,
		means: (model) => moved(model, -Infinity),
	},
	{
		name: 'oldest',
		shown: '',
		says: '',
		missing: nothingListed,
		means: (model) => moved(model, Infinity),
	},
	{
		name: 'page_down',
		shown: 'ctrl-d ctrl-u',
		says: 'half a page',
		missing: nothingListed,
		means: (model) => moved(model, 'half'),
		repeats: true,
	},
	{
		name: 'page_up',
		shown: '',
		says: '',
		missing: nothingListed,
		means: (model) => moved(model, '-half'),
		repeats: true,
	},
	{
		name: 'follow',
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
];
