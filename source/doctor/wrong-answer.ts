import type {Chart, Outcome} from './chart.js';
import type {Finding} from './check.js';
import {notThere} from './checks/model.js';
import {formatCheck} from './format-check.js';
import {isPage} from './knock.js';
import {handMade} from './knock-at.js';
import {refusedKey} from './refused-key.js';
import {isUnread, type Tasted} from './taste.js';
import {tinyOutput} from './tiny.js';
import {isOfEveryFormat, sentence, trouble} from './trouble.js';

/**
What an answer means that was no good one. Over: it would be the same in every format.
*/
export function wrong(
	chart: Chart,
	tasted: Tasted,
	remarks: readonly Finding[],
): Outcome {
	const {facts, answer, request} = tasted;
	const curl = handMade(request, chart);
	const {error} = facts;
	const isAbsent =
		error?.class === 'model_not_found' &&
		!chart.listed?.some(({id}) => id === chart.model);
	if (isAbsent || (chart.isUnlisted && error?.class !== 'auth')) {
		return {findings: [{...notThere(chart), curl}], chart, over: true};
	}

	if (error?.class === 'auth' && answer.status === 401) {
		const {key} = chart;
		return {
			findings: key.kind === 'here' ? [refusedKey(chart, tasted, key)] : [],
			chart,
			over: true,
		};
	}

	const isShared =
		error === undefined
			? isPage(answer)
			: isOfEveryFormat(error.class) && !isMisfit(facts);
	return {
		findings: [
			...remarks,
			{...said(chart, tasted), curl, tookMs: answer.endMs},
		],
		chart,
		over: isShared,
	};
}

function said(chart: Chart, tasted: Tasted): Finding {
	const {format, facts, answer, request} = tasted;
	const check = formatCheck[format];
	if (isPage(answer)) {
		return {
			check,
			standing: 'bad',
			said: `A web page came back from ${request.url.pathname} (status ${answer.status}), not the answer of a model.`,
			fix: 'Check the url and the proxies on the way, and try again later if the status is 500 or more.',
		};
	}

	if (facts.error !== undefined) {
		return isAboutLimit(facts)
			? {
					check,
					standing: 'warn',
					said: sentence(
						`${chart.model!} gives no answer of ${tinyOutput} tokens at most, and says so: ${facts.error.message ?? facts.error.class}`,
					),
				}
			: trouble(
					check,
					{facts, status: answer.status, path: request.url.pathname},
					chart,
				);
	}

	return isUnread(facts)
		? {
				check,
				standing: 'bad',
				said: `What came back from ${request.url.pathname} with status ${answer.status} is no answer in ${format}.`,
				fix: 'Look up in the documentation of the endpoint under which url it speaks this format.',
			}
		: {
				check,
				standing: 'bad',
				said: `The answer in ${format} broke off before its end.`,
				fix: 'Try again; if it stays so, look at the proxies on the way.',
			};
}

/**
Gateways tell in many ways that a model is not for this format.
*/
const isMisfit = ({error}: Tasted['facts']): boolean =>
	/not (?:support|implement)|unsupported|no (?:available )?channel|convert/i.test(
		error?.message ?? '',
	);

const isAboutLimit = ({error}: Tasted['facts']): boolean =>
	error?.class === 'invalid_request' &&
	/max_(?:completion_|output_)?tokens/.test(error.message ?? '');
