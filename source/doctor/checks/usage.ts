import type {Chart, Outcome} from '../chart.js';
import type {Finding} from '../check.js';
import {listed} from '../in-words.js';

/**
Whether streams tell what they used: without it nothing can be counted.
*/
export async function usage(chart: Chart): Promise<Outcome> {
	const tasted = chart.tasted ?? [];
	const isTold = ({facts}: (typeof tasted)[number]) =>
		facts.usageStatus === 'exact';
	const told = tasted.filter((one) => isTold(one));
	const good: Finding = {
		check: 'usage',
		standing: 'ok',
		said: `Usage is sent with the stream in ${listed(told.map(({format}) => format))}.`,
	};
	return {
		findings: [
			...(told.length === 0 ? [] : [good]),
			...tasted
				.filter(
					// That it cannot be asked for has been said.
					(one) => !isTold(one) && !chart.manners?.[one.format]?.withoutUsage,
				)
				.map(({format}): Finding => ({
					check: 'usage',
					standing: 'warn',
					said: `No usage comes with the stream in ${format}, so its tokens and its cost cannot be known.`,
					fix: 'Use another format of this endpoint, or ask who runs it to send usage with streams.',
				})),
		],
		chart,
	};
}
