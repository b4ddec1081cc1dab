import {Buffer} from 'node:buffer';
import {boundCost} from '../../pricing/bound-cost.js';
import type {Chart, Outcome} from '../chart.js';
import type {Finding} from '../check.js';
import {maySpend} from '../may-spend.js';
import {tinyBody, tinyOutput, toolBody} from '../tiny.js';
import {showAmount} from '../show-amount.js';

/**
Five cents, in nano-dollars. A model so dear that tiny requests cost more is not asked.
*/
const most = 50_000_000;

/**
Says what the rest costs at most, before it does.
*/
export async function cost(chart: Chart): Promise<Outcome> {
	if (!maySpend(chart)) {
		return {
			findings: [
				{
					check: 'cost',
					standing: 'skipped',
					said: chart.isFree
						? 'Nothing that costs is tried (--free), so no model was asked.'
						: 'Without a key no model can be asked.',
				},
			],
			chart,
		};
	}

	const bodies = (chart.spoken ?? []).flatMap((format) => [
		tinyBody(format, chart.model!),
		toolBody(format, chart.model!),
	]);
	// A token is a byte at least.
	const fresh = bodies
		.map((body) => Buffer.byteLength(JSON.stringify(body)))
		.reduce((sum, bytes) => sum + bytes, 0);
	const bound = boundCost(
		{fresh, cached: 0, output: bodies.length * tinyOutput},
		{
			names: [undefined, chart.model],
			speed: undefined,
			inferenceGeo: undefined,
		},
		chart.prices,
	);
	const finding: Finding = {
		check: 'cost',
		standing: 'ok',
		said:
			bound === null
				? `What ${bodies.length} tiny requests to ${chart.model!} will cost is not known: its price is not.`
				: `${bodies.length} tiny requests to ${chart.model!} follow: at most ${showAmount(bound)} in all.`,
	};
	return bound !== null && bound > most
		? {
				findings: [
					{
						...finding,
						standing: 'skipped',
						said: `${chart.model!} is too dear to be tried: ${bodies.length} tiny requests could cost ${showAmount(bound)}.`,
						fix: 'Name a cheaper model: --model ID',
					},
				],
				chart: {...chart, isFree: true},
			}
		: {findings: [finding], chart};
}
