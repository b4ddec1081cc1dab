import {Recent} from './recent.js';

const mostConversations = 1000;

/**
So long a prompt stays in a cache that nobody reads.
*/
const warmMs = 5 * 60 * 1000;

/**
How much of a conversation's prompt was in a cache a moment ago. A request that continues it reads so much
from there.
*/
export class WarmPrompts {
	readonly #prompts = new Recent<Readonly<{tokens: number; at: number}>>(
		mostConversations,
	);

	/**
	`at` is when its answer had ended, epoch milliseconds. Without a conversation nothing is known of the next.
	*/
	note(conversation: string | undefined, tokens: number, at: number): void {
		if (conversation !== undefined) {
			this.#prompts.set(conversation, {tokens, at});
		}
	}

	/**
	Tokens that are likely to be in a cache now (epoch milliseconds).
	*/
	tokensOf(conversation: string | undefined, now: number): number {
		const prompt =
			conversation === undefined ? undefined : this.#prompts.get(conversation);
		return prompt !== undefined && Math.abs(now - prompt.at) < warmMs
			? prompt.tokens
			: 0;
	}
}
