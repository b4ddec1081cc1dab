import {cleanName} from '../exchange/clean.js';
import type {UsageStatus} from '../exchange/usage.js';
import type {AnswerReading} from './answer-reading.js';
import type {AnswerKind} from './answer-shape.js';
import {errorFacts, type ErrorContext} from './error-class.js';
import {
	carriesError,
	errorWords,
	errorWordsOfBody,
	noWords,
	type ErrorWords,
} from './error-words.js';
import {countOf, fieldsOf} from './foreign-json.js';
import {headerOf, type HeaderList} from './header-list.js';
import {readModelsList} from './models-list.js';
import {readRateLimits} from './rate-limits.js';
import type {AnswerFacts, Conclusion, Said, WireFormat} from './wire-format.js';

/**
`cut`: the endpoint died before the end of its HTTP message.
*/
export type Ending = 'complete' | 'cut';

export type AnswerContext = ErrorContext &
	Readonly<{
		format: WireFormat | undefined;
		kind: AnswerKind;
		/**
		Oddities of the transfer itself.
		*/
		anomalies: readonly string[];
	}>;

const nothingSaid: Said = {
	usage: undefined,
	extraUsage: [],
	servedModel: undefined,
	messageId: undefined,
	stopReason: undefined,
	serviceTier: undefined,
	speed: undefined,
	inferenceGeo: undefined,
	webFetches: undefined,
	reportedCostUsd: undefined,
};

/**
What a reading comes to, if the answer ends here and so.
*/
export function answerFacts(
	reading: AnswerReading,
	context: AnswerContext,
	ending: Ending,
): AnswerFacts {
	const ground = nothingRead(reading, context);
	if (context.status >= 400) {
		return withError(errorWordsOfBody(reading.errorBytes()), ground);
	}

	if (context.status >= 300 || context.kind === 'other') {
		return unread(ground, ending);
	}

	return context.format === undefined
		? listed(reading, ground, ending)
		: generated({reading, format: context.format, ending}, ground);
}

type Ground = Readonly<{facts: AnswerFacts; context: AnswerContext}>;

/**
The facts that the headers alone give.
*/
function nothingRead(reading: AnswerReading, context: AnswerContext): Ground {
	const {headers, secrets} = context;
	const facts: AnswerFacts = {
		...nothingSaid,
		outcome: 'ok',
		usageStatus: 'none',
		countedInputTokens: undefined,
		models: undefined,
		requestId: requestIdOf(headers, secrets),
		error: undefined,
		rateLimits: readRateLimits(headers),
		anomalies: sorted([
			...context.anomalies,
			...(reading.unreadable === undefined ? [] : [reading.unreadable]),
		]),
		events: reading.events,
	};
	return {facts, context};
}

function withError(
	words: ErrorWords | undefined,
	{facts, context}: Ground,
): AnswerFacts {
	return {
		...facts,
		outcome: 'error',
		requestId:
			facts.requestId ??
			(words?.requestId && cleanName(words.requestId, context.secrets)),
		error: errorFacts(words ?? noWords, context),
	};
}

function unread({facts}: Ground, ending: Ending): AnswerFacts {
	return ending === 'cut' ? {...facts, outcome: 'truncated'} : facts;
}

/**
Lists of models and token counts: small JSON bodies that cost nothing.
*/
function listed(
	reading: AnswerReading,
	ground: Ground,
	ending: Ending,
): AnswerFacts {
	if (reading.unreadable !== undefined) {
		return unread(ground, ending);
	}

	const body = reading.body();
	if (body === undefined) {
		return unread(ground, 'cut');
	}

	if (carriesError(body)) {
		return withError(errorWords(body), ground);
	}

	const {input_tokens: counted} = fieldsOf<'input_tokens'>(body);
	return ground.context.kind === 'models'
		? {...ground.facts, models: readModelsList(body)}
		: {...ground.facts, countedInputTokens: countOf(counted)};
}

function generated(
	answer: Readonly<{
		reading: AnswerReading;
		format: WireFormat;
		ending: Ending;
	}>,
	ground: Ground,
): AnswerFacts {
	const {reading, format, ending} = answer;
	const {context} = ground;
	const conclusion = format.conclude(reading.finalState());
	const {complete, usageIsFinal, error, anomalies, ...said} = conclusion;
	const foreign = !complete && reading.foreign;
	const readable = reading.unreadable === undefined && !foreign;
	// What cannot be read may have been whole: only its transfer can tell.
	const whole = complete || (!readable && ending === 'complete');
	const facts: AnswerFacts = {
		...ground.facts,
		...cleaned(said, context.secrets),
		...(!readable && {usage: undefined, extraUsage: []}),
		outcome: whole ? 'ok' : 'truncated',
		usageStatus: readable ? usageStatusOf(conclusion) : 'missing',
		anomalies: sorted([
			...ground.facts.anomalies,
			...(foreign ? ['unreadable_body'] : []),
			...anomalies,
		]),
	};
	return error === undefined ? facts : withError(error, {facts, context});
}

function usageStatusOf({
	usage,
	usageIsFinal,
	complete,
	error,
}: Conclusion): UsageStatus {
	if (usage === undefined) {
		return 'missing';
	}

	return complete && usageIsFinal && error === undefined ? 'exact' : 'partial';
}

/**
Everything but the secrets was cleaned where it was read.
*/
function cleaned(said: Said, secrets: readonly string[]): Said {
	const clean = (text: string | undefined) =>
		text === undefined || secrets.length === 0
			? text
			: cleanName(text, secrets);
	return {
		...said,
		servedModel: clean(said.servedModel),
		messageId: clean(said.messageId),
		stopReason: clean(said.stopReason),
		serviceTier: clean(said.serviceTier),
		speed: clean(said.speed),
		inferenceGeo: clean(said.inferenceGeo),
	};
}

const requestIdNames = ['request-id', 'x-request-id', 'x-generation-id'];

function requestIdOf(
	headers: HeaderList,
	secrets: readonly string[],
): string | undefined {
	for (const name of requestIdNames) {
		const value = headerOf(headers, name);
		if (value !== undefined && value !== '') {
			return cleanName(value, secrets);
		}
	}

	return undefined;
}

function sorted(anomalies: readonly string[]): readonly string[] {
	return [...new Set(anomalies)].toSorted();
}
