import type {WireFormatName} from '../exchange/usage.js';
import {anthropicMessages} from './anthropic-messages.js';
import {openaiChat} from './openai-chat.js';
import {openaiResponses} from './openai-responses.js';
import type {WireFormat} from './wire-format.js';

/**
Every wire format we read. A new one is a file beside these and a line here.
*/
export const wireFormats: readonly WireFormat[] = [
	anthropicMessages,
	openaiChat,
	openaiResponses,
];

const byName = new Map(wireFormats.map((format) => [format.name, format]));

/**
The format of that name. Every name in the vocabulary has one.
*/
export function wireFormat(name: WireFormatName): WireFormat {
	return byName.get(name)!;
}
