import {nextSpan, spanWords} from '../spark-span.js';
import {remarked} from '../switching.js';
import type {KeyEntry} from './entry.js';

/**
How the screen shows what it shows.
*/
export const screenKeys: readonly KeyEntry[] = [
	{
		name: 'span',
		shown: 't',
		says: 'sparklines: 5m, 1h, day',
		means(model) {
			const span = nextSpan(model.span);
			return remarked({...model, span}, `Sparklines: ${spanWords[span]}.`);
		},
	},
];
