import type {Asked} from '../ask.js';
import {credentialFor, secretsOf, type Chart, type Outcome} from '../chart.js';
import type {Finding} from '../check.js';
import {factsOf} from '../knock.js';
import {handMade} from '../knock-at.js';
import {maySpend} from '../may-spend.js';
import {postRequest} from '../requests.js';
import {countBody} from '../tiny.js';

/**
Whether prompts can be counted beforehand. Free; Claude Code asks for it and can do without.
*/
export async function countTokens(chart: Chart): Promise<Outcome> {
	const format = 'anthropic-messages';
	const isSpoken =
		chart.tasted === undefined
			? chart.spoken?.includes(format)
			: chart.tasted.some((one) => one.format === format);
	if (!isSpoken || !maySpend({...chart, isFree: false})) {
		return {findings: [], chart};
	}

	const request = postRequest(chart.base, {
		format,
		below: '/count_tokens',
		credential: credentialFor(chart, format),
		body: countBody(chart.model!),
	});
	const answer = await chart.ask(request);
	const facts =
		answer.kind === 'answered'
			? await factsOf(answer, {
					request,
					secrets: secretsOf(chart),
					kind: 'count_tokens',
				})
			: undefined;
	const counted = facts?.countedInputTokens;
	const finding: Finding = {
		check: 'count_tokens',
		curl: handMade(request, chart),
		...(counted === undefined
			? uncounted(answer)
			: {
					standing: 'ok',
					said: `Tokens are counted beforehand: ${counted} for a tiny question.`,
				}),
	};
	return {findings: [finding], chart};
}

/**
Many gateways have no such thing, and nothing has to change for that.
*/
const uncounted = (
	answer: Asked,
): Pick<Finding, 'standing' | 'said' | 'fix'> =>
	answer.kind === 'answered'
		? {
				standing: 'ok',
				said: `Tokens are not counted beforehand here (status ${answer.status}); Claude Code then estimates how full its context is.`,
			}
		: {
				standing: 'warn',
				said: `A request to count tokens had no answer (${answer.code}).`,
				fix: 'Try again: Claude Code may wait for it at each step.',
			};
