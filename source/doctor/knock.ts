import {headerOf} from '../wire/header-list.js';
import {createMeter} from '../wire/meter.js';
import type {AnswerFacts} from '../wire/wire-format.js';
import type {Answered, Ask, AskRequest, NotAnswered} from './ask.js';

/**
What an answer to a request for the list of models shows of the place that was asked.

`list`: one came. `refused`: an API that does not know the key, or wants one. `troubled`: an API that
cannot now. `error`: an error under status 200. `lost`: an API, or anything else, without such a path.
`page`: a page for people. `portal`: the page of a network one has to sign in to. `moved`: a redirect.
`strange`: none of these.
*/
export type KnockKind =
	| 'list'
	| 'refused'
	| 'troubled'
	| 'error'
	| 'lost'
	| 'page'
	| 'portal'
	| 'moved'
	| 'strange';

export type Knocked = Readonly<{
	kind: KnockKind;
	request: AskRequest;
	answer: Answered;
	facts: AnswerFacts;
}>;

export type Knock =
	| Knocked
	| Readonly<{
			kind: 'failed';
			request: AskRequest;
			failure: NotAnswered;
	  }>;

/**
Asks, and says what kind of place answered.
*/
export async function knock(
	ask: Ask,
	request: AskRequest,
	secrets: readonly string[],
): Promise<Knock> {
	const answer = await ask(request);
	if (answer.kind === 'failed') {
		return {kind: 'failed', request, failure: answer};
	}

	const facts = await factsOf(answer, {request, secrets});
	return {kind: kindOf(answer, facts), request, answer, facts};
}

/**
What the passthrough would make of an answer that is no generated one.
*/
export async function factsOf(
	{status, headers, body, isWhole}: Answered,
	{
		request,
		secrets,
		kind = 'models',
	}: Readonly<{
		request: AskRequest;
		secrets: readonly string[];
		kind?: 'models' | 'count_tokens';
	}>,
): Promise<AnswerFacts> {
	const meter = createMeter({
		format: undefined,
		kind,
		path: request.url.pathname,
		status,
		headers,
		secrets,
	});
	meter.push(body);
	return meter.end(isWhole ? 'complete' : 'cut');
}

function kindOf(answer: Answered, facts: AnswerFacts): KnockKind {
	const {status} = answer;
	if (status === 511 || isPortal(answer)) {
		return 'portal';
	}

	if (status >= 300 && status < 400) {
		return 'moved';
	}

	if (isPage(answer)) {
		return 'page';
	}

	if (status < 300) {
		return facts.models ? 'list' : facts.error ? 'error' : 'strange';
	}

	if (facts.error?.class === 'model_not_found') {
		return 'troubled';
	}

	if ([404, 405, 501].includes(status)) {
		return 'lost';
	}

	return [401, 403].includes(status) ? 'refused' : 'troubled';
}

/**
It speaks as an API does, whether it gives what is asked for or not.
*/
export const isApi = ({kind}: Knock): boolean =>
	['list', 'refused', 'troubled', 'error'].includes(kind);

export function isPage({headers, body}: Answered): boolean {
	const type = headerOf(headers, 'content-type') ?? '';
	const text = beginningOf(body);
	return (
		/^\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b/is.test(text) ||
		(/^\s*text\/html/i.test(type) && !/^\s*[[{]/.test(text))
	);
}

/**
Words that stand in the pages by which hotels, trains and offices let people into their network.
*/
const portalWords =
	/captive.?portal|wi-?fi (?:login|sign|access)|(?:sign|log) ?in to (?:the |this |our )?(?:network|wi-?fi|internet)|hotspot|wisp(?:r|access)|network authentication required/i;

export const isPortal = (answer: Answered): boolean =>
	isPage(answer) && portalWords.test(beginningOf(answer.body));

const beginningOf = (body: Answered['body']): string =>
	body.toString('latin1', 0, 16_384);
