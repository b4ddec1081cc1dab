import type {WireFormatName} from '../exchange/usage.js';

/**
The names of the checks that ask in a format.
*/
export const formatCheck: Readonly<Record<WireFormatName, string>> = {
	'anthropic-messages': 'messages',
	'openai-chat': 'chat',
	'openai-responses': 'responses',
};
