import {Recent} from './recent.js';

const mostConversations = 1000;
const mostPrompts = 4;

/**
Where prompts may share a cache: one agent's requests to one model.
*/
export type Conversation = Readonly<{
	session: string;
	agent: string | null;
	endpoint: string | null;
	model: string;
}>;

/**
A prompt that a cache has had.
*/
export type CachedPrompt = Readonly<{
	/**
	How much of it was in the cache.
	*/
	tokens: number;
	/**
	When that was sure, in epoch milliseconds: its answer had ended.
	*/
	since: number;
}>;

/**
Remembers the last few prompts of each conversation that were cached. A few, because agents that do not
tell themselves apart take turns in one conversation. What continues a prompt stands in its place.
*/
export class CachedPrompts {
	readonly #prompts = new Recent<readonly CachedPrompt[]>(mostConversations);

	/**
	Those that were there when a request began (epoch milliseconds), the oldest first. What ran beside it
	is none that it could have read.
	*/
	before(
		conversation: Conversation,
		startedAt: number,
	): readonly CachedPrompt[] {
		return this.#all(conversation).filter(({since}) => since <= startedAt);
	}

	note(
		conversation: Conversation,
		prompt: CachedPrompt,
		inPlaceOf: ReadonlyArray<CachedPrompt | undefined> = [],
	): void {
		const others = this.#all(conversation).filter(
			(other) => !inPlaceOf.includes(other),
		);
		this.#prompts.set(
			keyOf(conversation),
			[...others, prompt].slice(-mostPrompts),
		);
	}

	#all(conversation: Conversation): readonly CachedPrompt[] {
		return this.#prompts.get(keyOf(conversation)) ?? [];
	}
}

/**
The prompt that a request continues, judged by sizes alone (tokens): the one of which it read all to the
token, else the largest that it may contain. A prompt that has shrunk, as by compaction, continues none.
*/
export function continuedBy(
	prompts: readonly CachedPrompt[],
	{read, written}: Readonly<{read: number; written: number}>,
): CachedPrompt | undefined {
	const all = prompts.find(({tokens}) => tokens === read);
	if (all !== undefined) {
		return all;
	}

	let largest: CachedPrompt | undefined;
	for (const prompt of prompts) {
		if (
			prompt.tokens <= read + written &&
			prompt.tokens >= (largest?.tokens ?? 0)
		) {
			largest = prompt;
		}
	}

	return largest;
}

/**
An estimate of the tokens that were written to a cache although they had been there before: it had
expired, or the beginning of the prompt was changed.
*/
export const rebuiltTokens = (
	continued: CachedPrompt | undefined,
	{read, written}: Readonly<{read: number; written: number}>,
): number => Math.min(written, Math.max(0, (continued?.tokens ?? 0) - read));

const keyOf = ({session, agent, endpoint, model}: Conversation): string =>
	[session, agent ?? '', endpoint ?? '', model].join('\n');
