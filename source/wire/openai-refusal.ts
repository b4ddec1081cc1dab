import type {RefusalWords} from './wire-format.js';

/**
A refusal in the shape of OpenAI's errors, which both of its formats share.
*/
export function openaiRefusal(words: RefusalWords): unknown {
	return {
		error: {
			message: words.message,
			type: words.openaiType,
			code: words.openaiCode,
			param: null,
		},
	};
}
