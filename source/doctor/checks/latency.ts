import type {Chart, Outcome} from '../chart.js';
import type {Finding} from '../check.js';
import {showLatency} from '../show-latency.js';

/**
Longer, and an agent feels it with each step.
*/
const slowMs = 5000;

/**
How long it takes until the first byte of an answer.
*/
export async function latency(chart: Chart): Promise<Outcome> {
	const times = (chart.tasted ?? []).map(({format, answer}) => ({
		format,
		ms: answer.firstByteMs ?? answer.endMs,
	}));
	if (times.length === 0) {
		return {findings: [], chart};
	}

	const slowest = Math.max(...times.map(({ms}) => ms));
	const finding: Finding = {
		check: 'latency',
		standing: slowest > slowMs ? 'warn' : 'ok',
		said: `First byte after ${times.map(({format, ms}) => `${showLatency(ms)} (${format})`).join(', ')}.`,
		...(slowest > slowMs && {
			fix: 'Try again at another time, or another model: each step of an agent waits so long.',
		}),
		tookMs: slowest,
	};
	return {findings: [finding], chart};
}
