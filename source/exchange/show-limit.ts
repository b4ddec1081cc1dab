import type {LimitWindow} from './limit-windows.js';
import {showCount, showShare} from './show.js';

/**
How much of a limit is left or used: `requests 120 of 4.0k left`, `unified-5h 92% used`.
*/
export const showLimit = ({
	name,
	limit,
	remaining,
	utilization,
	status,
}: Omit<LimitWindow, 'resetAt'>): string =>
	[
		name,
		remaining === undefined
			? ''
			: `${showCount(remaining)}${limit === undefined ? '' : ` of ${showCount(limit)}`} left`,
		utilization === undefined ? '' : `${showShare(utilization, 1)} used`,
		status === undefined || status === 'allowed'
			? ''
			: status.replaceAll('_', ' '),
	]
		.filter(Boolean)
		.join(' ');
