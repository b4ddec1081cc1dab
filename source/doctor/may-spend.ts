import type {Chart} from './chart.js';

/**
Whether requests that cost may be sent at all.
*/
export const maySpend = ({
	isFree,
	key,
}: Pick<Chart, 'isFree' | 'key'>): boolean => !isFree && key.kind === 'here';
