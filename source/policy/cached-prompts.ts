import {Recent} from './recent.js';

const mostKept = 1000;

/**
One agent's conversation with one model: where its prompts are cached.
*/
export type Conversation = Readonly<{
	session: string;
	agent: string | null;
	endpoint: string | null;
	model: string;
}>;

/**
Remembers how much of each conversation's last prompt was in the cache (tokens).
*/
export class CachedPrompts {
	readonly #sizes = new Recent<number>(mostKept);

	last(conversation: Conversation): number | undefined {
		return this.#sizes.get(keyOf(conversation));
	}

	note(conversation: Conversation, tokens: number): void {
		this.#sizes.set(keyOf(conversation), tokens);
	}
}

/**
Tokens that were written to a cache although they had been there before: it had expired, or the
beginning of the prompt was changed.
*/
export const rebuiltTokens = ({
	before,
	read,
	written,
}: Readonly<{before: number; read: number; written: number}>): number =>
	Math.min(written, Math.max(0, before - read));

const keyOf = ({session, agent, endpoint, model}: Conversation): string =>
	[session, agent ?? '', endpoint ?? '', model].join('\n');
