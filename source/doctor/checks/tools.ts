import type {Chart, Outcome} from '../chart.js';
import type {Finding} from '../check.js';
import {listed} from '../in-words.js';
import {handMade} from '../knock-at.js';
import {isGood, taste, type Taste, type Tasted} from '../taste.js';
import {toolBody} from '../tiny.js';
import {sentence} from '../trouble.js';

/**
Whether tools may be offered. No agent works without.
*/
export async function tools(chart: Chart): Promise<Outcome> {
	const tasted = chart.tasted ?? [];
	const came = await Promise.all(
		tasted.map(async ({format}) => ({
			format,
			taste: await taste(chart, {
				format,
				body: toolBody(format, chart.model!, chart.manners?.[format]),
			}),
		})),
	);
	const isTaken = (one: Taste): one is Tasted =>
		one.kind === 'tasted' && isGood(one);
	const taken = came.filter((one) => isTaken(one.taste));
	const spent = came.map(({taste: one}) =>
		one.kind === 'tasted' ? one.costNanodollars : undefined,
	);
	const good: Finding = {
		check: 'tools',
		standing: 'ok',
		said: `Tools are taken in ${listed(taken.map(({format}) => format))}.`,
		...(spent.every((one) => one !== undefined) && {
			costNanodollars: spent.reduce((sum, one) => sum + one, 0),
		}),
	};
	return {
		findings: [
			...(taken.length === 0
				? []
				: [{...good, curl: handMade(taken[0]!.taste.request, chart)}]),
			...came
				.filter(({taste: one}) => !isTaken(one))
				.map(({format, taste: one}): Finding => ({
					check: 'tools',
					standing: isPassing(one) ? 'warn' : 'bad',
					said: sentence(`Tools are not taken in ${format}: ${why(one)}`),
					fix: isPassing(one)
						? 'Try again in a moment.'
						: 'Use another model or format here: agents cannot work without tools.',
					curl: handMade(one.request, chart),
				})),
		],
		chart,
	};
}

/**
Nothing that has to do with tools.
*/
const isPassing = (one: Taste): boolean =>
	one.kind === 'failed' ||
	['rate_limit', 'overloaded', 'timeout'].includes(
		one.facts.error?.class ?? '',
	);

function why(one: Taste): string {
	if (one.kind === 'failed') {
		return `no answer came (${one.failure.code})`;
	}

	const {answer, facts} = one;
	return `status ${answer.status}${facts.error?.message === undefined ? '' : `, ${facts.error.message}`}`;
}
