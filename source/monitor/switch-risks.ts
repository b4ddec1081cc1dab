import {vendorOf} from '../exchange/vendor.js';
import {liveConversations, type Conversation} from './conversations.js';
import type {Model} from './model.js';
import {aliasNamed, modelIn} from './steering-of.js';

/**
Whether the longest live conversation fits into what a target takes.
*/
export type ContextFit = Readonly<{
	kind: 'fits' | 'tight' | 'too long';
	/**
	Tokens that the next request has at least: the last prompt and its answer.
	*/
	tokens: number;
	context: number;
}>;

/**
What may go wrong after a switch.
*/
export type SwitchRisks = Readonly<{
	/**
	Undefined where nobody works, or the catalogue does not know what fits.
	*/
	context: ContextFit | undefined;
	/**
	A live conversation may have thinking in it that the vendor of another model has signed.
	*/
	isThinkingForeign: boolean;
}>;

export function risksOf(model: Model, alias: string | null): SwitchRisks {
	const conversations = liveConversations(model);
	const found = aliasNamed(model, alias);
	const target = found?.targets[0];
	return {
		context: fitOf(conversations, found?.price?.context),
		isThinkingForeign: conversations.some((conversation) =>
			isForeign(
				conversation,
				target === undefined ? undefined : modelIn(target),
			),
		),
	};
}

/**
An answer wants room, too.
*/
const tightFrom = 0.9;

function fitOf(
	conversations: readonly Conversation[],
	context: number | undefined,
): ContextFit | undefined {
	if (context === undefined || conversations.length === 0) {
		return undefined;
	}

	const tokens = Math.max(
		...conversations.map(({newest}) => newest.prompt + newest.output),
	);
	return {
		kind:
			tokens > context
				? 'too long'
				: tokens > context * tightFrom
					? 'tight'
					: 'fits',
		tokens,
		context,
	};
}

/**
Chat completions have no signed thinking.
*/
function isForeign(
	{newest: {exchange}}: Conversation,
	target: string | undefined,
): boolean {
	const from =
		exchange.servedModel ?? exchange.sentModel ?? exchange.askedModel;
	const to = target ?? exchange.askedModel;
	return (
		exchange.format !== 'openai-chat' &&
		from !== null &&
		to !== null &&
		vendorOf(from) !== vendorOf(to)
	);
}
