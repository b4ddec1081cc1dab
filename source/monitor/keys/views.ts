import {toggled} from '../overlay.js';
import type {KeyEntry} from './entry.js';

export const helpKey: KeyEntry = {
	name: 'help',
	shown: '?',
	says: 'this help',
	hint: ({overlay}) => (overlay === 'help' ? undefined : 'help'),
	means: (model) => toggled(model, 'help'),
};

/**
What lies over the list.
*/
export const viewKeys: readonly KeyEntry[] = [
	{
		name: 'day',
		shown: 'd',
		says: 'today by hour, model',
		means: (model) => toggled(model, 'day'),
	},
	{
		name: 'sessions',
		shown: 'o',
		says: "today's sessions",
		means: (model) => toggled(model, 'sessions'),
	},
	{
		name: 'errors',
		shown: 'e',
		says: 'errors and alerts',
		means: (model) => ({
			...toggled(model, 'errors'),
			errorsSeenAtMs: model.nowMs,
		}),
	},
];
