import {said, type Words} from './said.js';
import type {Told} from './told.js';

/**
Of answers that are whole but not what was hoped for; undefined for those that are.
*/
export const stopWords = ({stopReason}: Told): Words | undefined =>
	stopReason ? stops.get(stopReason) : undefined;

const refused = said(
	['model refused', 'refused'],
	'The model refused to answer. The answer is billed as any other.',
	'Ask in other words, or another model.',
);

const cut = said(
	['cut at the output limit', 'output limit'],
	'The answer stops at the limit of output tokens that the client had set.',
	'Let the client ask for more tokens, or for a shorter answer.',
);

const full = said(
	['context window full', 'window full'],
	'The answer stops where the context window of the model was full.',
	'Compact or clear the conversation.',
);

const filtered = said(
	['cut by a filter', 'filtered'],
	'A content filter of the endpoint stopped the answer.',
);

/**
Stop reasons by the names that Anthropic's and OpenAI's formats have for them.
*/
export const stops: ReadonlyMap<string, Words> = new Map([
	['refusal', refused],
	['max_tokens', cut],
	['length', cut],
	['max_output_tokens', cut],
	['model_context_window_exceeded', full],
	['content_filter', filtered],
]);
