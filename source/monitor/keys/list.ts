import {errorShown} from '../errors.js';
import {filterOpened} from '../filter-input.js';
import {following, froze, frozenSorted, isFollowing} from '../frozen.js';
import {keyName} from '../key-name.js';
import type {Model} from '../model.js';
import {idsListed, moved, nothingListed} from '../moving.js';
import {toggled} from '../overlay.js';
import {sessionPicked} from '../session-picked.js';
import {nextSort, reversedSort} from '../sort.js';
import {switchedTo} from '../switching.js';
import type {KeyEntry} from './entry.js';

/**
Where a filter is in use, its way out is worth more room than what else could be done.
*/
const isWhole = ({overlay, exchanges, filter}: Model): boolean =>
	overlay === 'none' && exchanges.size > 0 && filter === '';

const whyNotSort = (model: Model): string | undefined =>
	model.overlay === 'none'
		? model.exchanges.size === 0
			? 'Nothing to sort yet.'
			: undefined
		: covered(model);

const whyNotFreeze = (model: Model): string | undefined =>
	model.overlay === 'none'
		? model.exchanges.size === 0
			? 'Nothing to freeze yet.'
			: undefined
		: covered(model);

const covered = (model: Model): string =>
	`The list is covered; ${keyName(model, 'back')} goes back to it.`;

/**
What is looked at in the list, and where.
*/
export const listKeys: readonly KeyEntry[] = [
	{
		name: 'detail',
		shown: 'enter',
		says: 'detail of a request',
		hint: ({overlay, exchanges}) =>
			(overlay === 'none' && exchanges.size > 0) || overlay === 'errors'
				? 'detail'
				: overlay === 'picker'
					? 'use'
					: overlay === 'sessions'
						? 'list'
						: undefined,
		missing: nothingListed,
		means: (model) =>
			model.overlay === 'picker'
				? switchedTo(model, model.picked)
				: model.overlay === 'errors'
					? errorShown(model)
					: model.overlay === 'sessions'
						? sessionPicked(model)
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
		says: 'follow newest, freeze',
		hint: (model) =>
			isFollowing(model) ||
			model.capAskedAtMs !== undefined ||
			model.overlay === 'help' ||
			model.overlay === 'picker'
				? undefined
				: 'follow',
		missing: (model) => (isFollowing(model) ? whyNotFreeze(model) : undefined),
		means: (model) => (isFollowing(model) ? froze(model) : following(model)),
	},
	{
		name: 'filter',
		shown: '/',
		says: 'filter the list',
		hint: (model) => (isWhole(model) ? 'filter' : undefined),
		missing: ({exchanges}) =>
			exchanges.size === 0 ? 'Nothing to filter yet.' : undefined,
		means: filterOpened,
	},
	{
		name: 'sort',
		shown: 's S',
		says: 'next sort column, reverse',
		hint: (model) => (isWhole(model) ? 'sort' : undefined),
		missing: whyNotSort,
		means: (model) => frozenSorted({...model, sort: nextSort(model.sort)}),
	},
	{
		name: 'reverse',
		shown: '',
		says: '',
		missing: whyNotSort,
		means: (model) => frozenSorted({...model, sort: reversedSort(model.sort)}),
	},
];
