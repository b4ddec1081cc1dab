import type {WireFormatName} from '../exchange/usage.js';
import {priceExchange} from '../pricing/price-exchange.js';
import {wireFormat} from '../wire/formats.js';
import {createMeter} from '../wire/meter.js';
import type {AnswerFacts} from '../wire/wire-format.js';
import type {Answered, AskRequest, NotAnswered} from './ask.js';
import {credentialFor, secretsOf, type Chart} from './chart.js';
import {postRequest, type Credential} from './requests.js';

/**
A tiny answer in one format, as the passthrough would measure it.
*/
export type Tasted = Readonly<{
	kind: 'tasted';
	format: WireFormatName;
	request: AskRequest;
	answer: Answered;
	facts: AnswerFacts;
	/**
	Undefined where that is not known.
	*/
	costNanodollars: number | undefined;
}>;

export type Taste =
	| Tasted
	| Readonly<{kind: 'failed'; request: AskRequest; failure: NotAnswered}>;

/**
A model may think before its first word.
*/
const patienceMs = 90_000;

/**
Asks in a format, and reads the answer. This costs.
*/
export async function taste(
	chart: Chart,
	{
		format,
		body,
		credential = credentialFor(chart, format),
	}: Readonly<{
		format: WireFormatName;
		body: unknown;
		credential?: Credential | undefined;
	}>,
): Promise<Taste> {
	const request = postRequest(chart.base, {
		format,
		credential,
		body,
		patienceMs,
	});
	const answer = await chart.ask(request);
	if (answer.kind === 'failed') {
		return {kind: 'failed', request, failure: answer};
	}

	const {status, headers, isWhole} = answer;
	const meter = createMeter({
		format: wireFormat(format),
		kind: 'generate',
		path: request.url.pathname,
		status,
		headers,
		now: Date.now(),
		secrets: secretsOf(chart),
	});
	meter.push(answer.body);
	const facts = await meter.end(isWhole ? 'complete' : 'cut');
	return {
		kind: 'tasted',
		format,
		request,
		answer,
		facts,
		costNanodollars: costOf(chart, {format, status, facts}),
	};
}

const costOf = (
	{prices, model}: Chart,
	{
		format,
		status,
		facts,
	}: Readonly<{format: WireFormatName; status: number; facts: AnswerFacts}>,
): number | undefined =>
	priceExchange(
		{...facts, kind: 'generate', format, status, sentModel: model},
		prices,
	).costNanodollars ?? undefined;

/**
It said all of it, and that was no error.
*/
export const isGood = ({answer, facts}: Tasted): boolean =>
	answer.status < 300 && facts.outcome === 'ok' && !isUnread(facts);

/**
A 200 with anything else than an answer in it.
*/
export const isUnread = ({anomalies}: AnswerFacts): boolean =>
	anomalies.includes('unreadable_body');
