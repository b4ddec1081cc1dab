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
export const viewKeys: readonly KeyEntry[] = [];
