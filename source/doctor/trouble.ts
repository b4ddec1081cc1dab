import {inFull, type Words} from '../exchange/said.js';
import type {Told} from '../exchange/told.js';
import type {ErrorClass} from '../exchange/usage.js';
import {wordsFor} from '../exchange/words.js';
import type {AnswerFacts} from '../wire/wire-format.js';
import type {Chart} from './chart.js';
import type {Finding} from './check.js';

/**
An error as an endpoint answered with it.
*/
export type Refusal = Readonly<{
	facts: AnswerFacts;
	status: number;
	path: string;
}>;

/**
The same as a finding: what it said in one sentence, and what to do.
*/
export function trouble(
	check: string,
	refusal: Refusal,
	chart: Pick<Chart, 'endpoint' | 'model' | 'listed'>,
): Finding {
	const {error} = refusal.facts;
	const words = wordsFor(toldOf(refusal, chart), {
		models: chart.listed?.map(({id}) => id) ?? [],
		nowMs: Date.now(),
	});
	return {
		check: (error && checkOf[error.class]) ?? check,
		standing: 'bad',
		said: saidBy(refusal, words),
		fix: fixFor(refusal, words),
	};
}

/**
Its own words, as far as it found some.
*/
const wordsOf = ({facts: {error}}: Refusal): string | undefined =>
	error?.message ?? error?.code ?? error?.type;

function saidBy(refusal: Refusal, words: Words | undefined): string {
	const {status} = refusal;
	const what = wordsOf(refusal);
	const how =
		status < 400
			? `status ${status} with an error in it`
			: (words?.short[0] ?? `status ${status}`);
	return sentence(
		`The endpoint answers ${how}${what === undefined ? '' : ` (${what.replace(/\.$/, '')})`}`,
	);
}

function fixFor(
	refusal: Refusal,
	words: Words | undefined,
): string | undefined {
	const {facts, status} = refusal;
	if (status < 400 && facts.error?.class === 'server') {
		return disguised(wordsOf(refusal) ?? '');
	}

	return words?.remedy.startsWith('Agents wait')
		? 'Wait a minute and look again; if it happens often, run fewer agents at once.'
		: words && inOneSentence(words.remedy || inFull(words));
}

const toldOf = (
	{facts: {error, rateLimits}, status, path}: Refusal,
	{endpoint, model}: Pick<Chart, 'endpoint' | 'model'>,
): Told => ({
	outcome: 'error',
	errorClass: error?.class ?? null,
	errorType: error?.type ?? null,
	errorMessage: error?.message ?? null,
	httpStatus: status,
	retryAfterMs: error?.retryAfterMs ?? null,
	rateLimits: rateLimits ?? null,
	endpoint: endpoint ?? null,
	sentModel: model ?? null,
	path,
	endedAt: Date.now(),
});

/**
An error under status 200 says itself what it is about, if anything does.
*/
const disguised = (what: string): string =>
	/balance|quota|credit|insufficient|payment/i.test(what)
		? 'Add credit where the key comes from; waiting will not help.'
		: 'Do what its message says, or ask who runs this gateway: clients take an error with status 200 for an answer.';

/**
Errors that say more of something else than of what was asked for.
*/
const checkOf: Partial<Record<ErrorClass, string>> = {
	auth: 'key',
	permission: 'key',
	rate_limit: 'limits',
	quota: 'billing',
	billing: 'billing',
	model_not_found: 'model',
};

/**
These would be the same in every format.
*/
export const isOfEveryFormat = (errorClass: ErrorClass): boolean =>
	![
		'invalid_request',
		'not_found',
		'route_not_found',
		'conflict',
		'too_large',
	].includes(errorClass);

/**
A foreign message may end as it likes.
*/
export const sentence = (text: string): string =>
	/[!.?…]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`;

const inOneSentence = (text: string): string =>
	sentence(
		text.replaceAll(
			/\. (?<letter>\p{Uppercase_Letter})/gu,
			(_, letter: string) => `; ${letter.toLowerCase()}`,
		),
	);
