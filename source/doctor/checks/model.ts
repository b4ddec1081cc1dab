import {either} from '../../config/problem.js';
import {type Chart, type NamedModel, type Outcome} from '../chart.js';
import type {Finding} from '../check.js';
import {chooseModel, likeIds} from '../choose-model.js';
import {isAnthropicList, listCredential} from '../knock-at.js';
import {modelsRequest} from '../requests.js';
import {maySpend} from '../may-spend.js';

/**
Which model is asked, and whether the ids that the config names are in the list to the letter.
*/
export async function model(chart: Chart): Promise<Outcome> {
	const [first, ...others] = named(chart);
	const id = first?.id ?? chooseModel(chart);
	const next: Chart = {...chart, model: id, modelPlace: first?.place};
	if (chart.listed === undefined) {
		return {findings: [], chart: next};
	}

	const isThere = await isKnown(chart, id);
	const findings = [
		...(isThere ? [listedFinding(next, id)] : []),
		...(await strange(chart, others)),
	];
	if (isThere) {
		return {findings, chart: next};
	}

	return maySpend(chart)
		? {findings, chart: {...next, isUnlisted: true}}
		: {
				findings: [notThere(next), ...findings],
				chart: next,
				over: true,
			};
}

const named = ({wantedModel, namedModels}: Chart): readonly NamedModel[] => [
	...(wantedModel === undefined ? [] : [{id: wantedModel, place: '--model'}]),
	...namedModels.filter(({id}) => id !== wantedModel),
];

const listedFinding = (chart: Chart, id: string): Finding => ({
	check: 'model',
	standing: 'ok',
	said:
		chart.modelPlace === undefined
			? `No alias names a model of this endpoint, so ${id} is asked.`
			: `${id} is an id of this endpoint.`,
});

/**
A model that is not there, as the one thing that is wrong.
*/
export function notThere(chart: Chart): Finding {
	const id = chart.model!;
	return {
		check: 'model',
		standing: 'bad',
		said: `${quoted(id)} ${/\s/.test(id) ? 'is a name for people, and no id of a model here' : 'is no id of a model here'}.`,
		fix: fixFor({id, place: chart.modelPlace ?? '--model'}, chart),
	};
}

async function strange(
	chart: Chart,
	models: readonly NamedModel[],
): Promise<readonly Finding[]> {
	const findings: Finding[] = [];
	const seen = new Set<string>([named(chart)[0]?.id ?? '']);
	for (const one of models) {
		// eslint-disable-next-line no-await-in-loop -- There are few, and nearly all are in the list.
		if (!seen.has(one.id) && !(await isKnown(chart, one.id))) {
			findings.push({
				check: 'model',
				standing: 'warn',
				said: `${quoted(one.id)} of ${one.place} is not in the list of models.`,
				fix: fixFor(one, chart),
			});
		}

		seen.add(one.id);
	}

	return findings;
}

/**
Some lists leave out names that are served all the same: then the endpoint knows it when asked by name.
*/
async function isKnown(chart: Chart, id: string): Promise<boolean> {
	if (chart.listed!.some((one) => one.id === id)) {
		return true;
	}

	const answer = await chart.ask(
		modelsRequest(chart.base, {
			credential: listCredential(chart),
			isAnthropic: isAnthropicList(chart),
			id,
		}),
	);
	return (
		answer.kind === 'answered' &&
		answer.status === 200 &&
		/^\s*\{.*"id"\s*:\s*"/s.test(answer.body.toString('utf8', 0, 4096)) &&
		!/"error"\s*:\s*\{/.test(answer.body.toString('utf8', 0, 4096))
	);
}

function fixFor({id, place}: NamedModel, chart: Chart): string {
	const like = likeIds(id, chart);
	const where = place === '--model' ? 'after --model' : `in ${place}`;
	if (like.length > 0) {
		return `Write ${either(like)} ${where}.`;
	}

	return chart.listed === undefined
		? `Write an id ${where} that the documentation of the endpoint names.`
		: `Write an id ${where} that is in its list of models.`;
}

const quoted = (id: string): string => `"${id}"`;
