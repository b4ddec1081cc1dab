import type {WireFormatName} from '../exchange/usage.js';
import {likeModels} from '../exchange/like-models.js';
import type {Chart} from './chart.js';

/**
A model that is cheap to ask, where the user has named none.
*/
export function chooseModel({
	listed = [],
	prices,
	spoken = [],
	formats,
}: Pick<Chart, 'listed' | 'prices' | 'spoken' | 'formats'>): string {
	const ids = listed
		.map(({id}) => id)
		.filter((id) => !otherKinds.test(id) && !id.endsWith(':free'));
	for (const family of families) {
		const [cheapest] = ids
			.filter((id) => family.test(id))
			.toSorted((one, other) => costOf(one) - costOf(other));
		if (cheapest !== undefined) {
			return cheapest;
		}
	}

	return ids[0] ?? usual[spoken[0] ?? formats[0]!];

	function costOf(id: string): number {
		const price = prices.find(undefined, id)?.price;
		return price === undefined ? Infinity : price.input + price.output;
	}
}

const families = [/haiku|sonnet/i, /mini|flash|lite|nano|small|air/i];

/**
They take no questions, or other questions.
*/
const otherKinds =
	/embed|image|audio|tts|whisper|realtime|transcri|moderation|rerank|dall|sora|veo|video|search|codex/i;

/**
Where there is no list.
*/
const usual: Readonly<Record<WireFormatName, string>> = {
	'anthropic-messages': 'claude-haiku-4-5',
	'openai-chat': 'gpt-5.4-mini',
	'openai-responses': 'gpt-5.4-mini',
};

/**
The ids most like one that is not there. A name for people has blanks where an id has none.
*/
export const likeIds = (id: string, {listed = []}: Pick<Chart, 'listed'>) =>
	likeModels(
		id.trim().replaceAll(/\s+/g, '-'),
		listed.map((model) => model.id),
	);
