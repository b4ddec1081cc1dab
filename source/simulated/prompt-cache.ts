import type {Usage} from '../exchange/usage.js';

export type CacheTtl = '5m' | '1h';
/**
A prompt in tokens, and where the client allows it to be cached.
*/
export type Prompt = Readonly<{
	tokens: number;
	/**
	System text and tools: the same from turn to turn.
	*/
	stableTokens: number;
	/**
	Behind the last mark: never cached.
	*/
	tailTokens: number;
	stableTtl: CacheTtl | undefined;
	messagesTtl: CacheTtl | undefined;
	/**
	Grows with the conversation; a smaller number means that history was rewritten.
	*/
	messages: number;
	/**
	Names the conversation: what it wrote, only it reads.
	*/
	conversation: string;
	/**
	Cached without marks, by OpenAI's rule: whole blocks of 128 tokens, writes are free.
	*/
	automatic: boolean;
}>;

export type PromptUsage = Pick<
	Usage,
	'input' | 'cacheRead' | 'cacheWrite5m' | 'cacheWrite1h'
>;

type Kept = Readonly<{stable: number; history: number; messages: number}>;

const mostConversations = 512;
/**
Shorter prompts are not cached: the documented minimum of most models.
*/
const leastTokens = 1024;
const nothingKept: Kept = {stable: 0, history: 0, messages: 0};

/**
Believable prompt caching: a conversation writes at first and reads what it wrote later. Nothing
expires, so that an answer never depends on the clock.
*/
export function createPromptCache(): {
	admit(prompt: Prompt): PromptUsage;
} {
	const conversations = new Map<string, Kept>();

	return {
		admit(prompt) {
			const kept = conversations.get(prompt.conversation) ?? nothingKept;
			const keeps = cacheable(prompt);
			conversations.delete(prompt.conversation);
			conversations.set(prompt.conversation, keeps);
			if (conversations.size > mostConversations) {
				conversations.delete(conversations.keys().next().value!);
			}

			return prompt.automatic
				? automaticUsage(prompt, kept)
				: markedUsage(prompt, kept, keeps);
		},
	};
}

function cacheable(prompt: Prompt): Kept {
	const {tokens, tailTokens, stableTokens, messages} = prompt;
	if (tokens < leastTokens) {
		return nothingKept;
	}

	if (prompt.automatic) {
		return {stable: 0, history: tokens, messages};
	}

	const history =
		prompt.messagesTtl === undefined ? 0 : tokens - tailTokens - stableTokens;
	const marked = prompt.stableTtl !== undefined || history > 0;
	return {stable: marked ? stableTokens : 0, history, messages};
}

function automaticUsage(prompt: Prompt, kept: Kept): PromptUsage {
	const same = prompt.messages >= kept.messages ? kept.history : 0;
	const cacheRead = Math.floor(Math.min(same, prompt.tokens - 1) / 128) * 128;
	return {
		input: prompt.tokens - cacheRead,
		cacheRead,
		cacheWrite5m: 0,
		cacheWrite1h: 0,
	};
}

function markedUsage(prompt: Prompt, kept: Kept, keeps: Kept): PromptUsage {
	const stableRead = kept.stable === keeps.stable ? keeps.stable : 0;
	// A prefix counts only as a whole: with another beginning, or a history cut short, it is written anew.
	const grew = stableRead === keeps.stable && keeps.messages >= kept.messages;
	const historyRead = grew ? Math.min(kept.history, keeps.history) : 0;
	const written: Record<CacheTtl, number> = {'5m': 0, '1h': 0};
	written[prompt.stableTtl ?? prompt.messagesTtl ?? '5m'] +=
		keeps.stable - stableRead;
	written[prompt.messagesTtl ?? '5m'] += keeps.history - historyRead;

	return {
		input: prompt.tokens - keeps.stable - keeps.history,
		cacheRead: stableRead + historyRead,
		cacheWrite5m: written['5m'],
		cacheWrite1h: written['1h'],
	};
}
