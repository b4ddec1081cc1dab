import type {Chart, Outcome} from '../chart.js';
import {handMade} from '../knock-at.js';
import {trouble} from '../trouble.js';

/**
The list of models: what ids there are.
*/
export async function models(chart: Chart): Promise<Outcome> {
	const {kind, facts, answer, request} = chart.knocked!;
	const shared = {
		curl: handMade(request, chart),
		tookMs: answer.endMs,
	};
	if (kind === 'list') {
		const listed = facts.models!.models;
		const count = listed.length;
		chart.prices.learn(listed);
		return {
			findings: [
				{
					check: 'models',
					standing: count === 0 ? 'warn' : 'ok',
					said:
						count === 0
							? 'The list of models is empty.'
							: `${count === 1 ? 'One model is' : `${count} models are`} listed${facts.models!.hasMore ? ', and there are more' : ''}.`,
					...(count === 0 && {
						fix: 'Check at the endpoint which models this key may use.',
					}),
					...shared,
				},
			],
			chart: count === 0 ? chart : {...chart, listed},
		};
	}

	if (kind === 'lost') {
		return {
			findings: [
				{
					check: 'models',
					standing: 'skipped',
					said: `There is no list of models here (status ${answer.status}), so an id shows only in use whether it is right.`,
					...shared,
				},
			],
			chart,
		};
	}

	if (kind === 'refused') {
		return {
			findings: [
				{
					check: 'models',
					standing: 'skipped',
					said: 'The list of models is for those who have a key.',
					...shared,
				},
			],
			chart,
		};
	}

	return {
		findings: [
			{
				...trouble(
					'models',
					{facts, status: answer.status, path: request.url.pathname},
					chart,
				),
				...shared,
			},
		],
		chart,
		over: true,
	};
}
