import type {WireFormatName} from '../../exchange/usage.js';
import {handMade} from '../knock-at.js';
import type {Chart, Outcome} from '../chart.js';
import type {Finding} from '../check.js';
import {failureWords} from '../failure-words.js';
import {formatCheck} from '../format-check.js';
import {wrong} from '../wrong-answer.js';
import {maySpend} from '../may-spend.js';
import {persist} from '../persist.js';
import {showAmount} from '../show-amount.js';
import {isGood, type Tasted} from '../taste.js';
import {notThere} from './model.js';

/**
A tiny answer in each wire format.
*/
export async function answers(chart: Chart): Promise<Outcome> {
	if (!maySpend(chart)) {
		return {
			findings: chart.isUnlisted ? [notThere(chart)] : [],
			chart,
			over: chart.isUnlisted ?? false,
		};
	}

	let known = chart;
	const findings: Finding[] = [];
	for (const format of chart.spoken ?? []) {
		// eslint-disable-next-line no-await-in-loop -- What one shows may spare the others.
		const came = await inFormat(known, format);
		known = came.chart;
		findings.push(...came.findings);
		if (came.over) {
			return {findings, chart: known, over: true};
		}
	}

	return {
		findings:
			known.tasted === undefined || known.areFormatsSaid
				? findings
				: findings.map((finding) => leftOut(finding, known)),
		chart: known,
		over: known.tasted === undefined,
	};
}

/**
Where it answers in another format, and nobody said that it speaks this one, little is lost.
*/
const leftOut = (finding: Finding, {endpoint}: Chart): Finding =>
	finding.standing === 'bad' && isOfFormat(finding)
		? {
				...finding,
				standing: 'warn',
				...(endpoint !== undefined && {
					fix: `If it need not speak that format, leave it out of formats in [endpoints.${endpoint}].`,
				}),
			}
		: finding;

const isOfFormat = ({check}: Finding): boolean =>
	Object.values(formatCheck).includes(check);

async function inFormat(
	chart: Chart,
	format: WireFormatName,
): Promise<Outcome> {
	const {taste, remarks, manners, auth} = await persist(chart, format);
	const next: Chart = {
		...chart,
		...(auth !== undefined && {auth}),
		manners: {...chart.manners, [format]: manners},
	};
	if (taste.kind === 'failed') {
		const words = failureWords(taste.failure, {
			url: chart.base,
			knownHosts: [],
			proxy: chart.proxy,
		});
		return {
			findings: [
				{
					check: formatCheck[format],
					standing: 'bad',
					said: `A request in ${format} had no answer: ${lowered(words.cause)}`,
					fix: words.remedy,
					curl: handMade(taste.request, chart),
				},
			],
			chart: next,
			over: true,
		};
	}

	return isGood(taste)
		? {
				findings: [...remarks, ...unlisted(chart), good(next, taste)],
				chart: {
					...next,
					isUnlisted: false,
					tasted: [...(chart.tasted ?? []), taste],
				},
			}
		: wrong(next, taste, remarks);
}

function good(chart: Chart, tasted: Tasted): Finding {
	const {format, facts, request, answer, costNanodollars} = tasted;
	const {usage, servedModel} = facts;
	const tokens =
		usage === undefined
			? ''
			: `, ${usage.input + usage.cacheRead + usage.cacheWrite5m + usage.cacheWrite1h} tokens in and ${usage.output} out`;
	const cost =
		costNanodollars === undefined ? '' : `, ${showAmount(costNanodollars)}`;
	const other =
		servedModel === undefined || servedModel === chart.model
			? ''
			: ` as ${servedModel}`;
	return {
		check: formatCheck[format],
		standing: 'ok',
		said: `${chart.model!} answers in ${format}${other}${tokens}${cost}.`,
		curl: handMade(request, chart),
		tookMs: answer.endMs,
		...(costNanodollars !== undefined && {costNanodollars}),
	};
}

/**
It answered, so it is there, whatever the list says.
*/
const unlisted = (chart: Chart): readonly Finding[] =>
	chart.isUnlisted
		? [
				{
					check: 'model',
					standing: 'warn',
					said: `"${chart.model!}" is not in the list of models, and answers all the same.`,
					fix: notThere(chart).fix!,
				},
			]
		: [];

const lowered = (text: string): string =>
	/^(?:The|This|What|No)\b/.test(text)
		? text.charAt(0).toLowerCase() + text.slice(1)
		: text;
