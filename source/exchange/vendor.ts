/**
Words of model ids, by who makes the model. The first that fits wins.
*/
const vendors: ReadonlyArray<readonly [RegExp, string]> = [
	[/^(?:claude|anthropic)/v, 'anthropic'],
	[/^(?:gpt|chatgpt|codex|openai|o\d+$)/v, 'openai'],
	[/^(?:gemini|gemma|google)/v, 'google'],
	[/^(?:chat)?glm|^zhipu|^zai$/v, 'zhipu'],
	[/^deepseek/v, 'deepseek'],
	[/^(?:qwen|qwq|qvq)/v, 'qwen'],
	[/^(?:kimi|moonshot)/v, 'moonshot'],
	[/^(?:grok|xai$)/v, 'xai'],
	[/^(?:code)?llama|^meta$/v, 'meta'],
	[
		/^(?:mistral|mixtral|ministral|magistral|codestral|devstral|pixtral|voxtral)/v,
		'mistral',
	],
	[/^minimax/v, 'minimax'],
	[/^(?:amazon|nova)$/v, 'amazon'],
];

/**
Who makes a model, as far as its id tells: gateways and clouds put words of their own around it
(`us.anthropic.claude-…`, `vertex/claude-…@20250929`). An id that tells nothing is known by its own
first word, so that `house-large` and `house-small` are of one house.
*/
export function vendorOf(model: string): string {
	const parts = model
		.toLowerCase()
		.split('/')
		.map((part) => part.split(/[^\da-z]+/v).filter((word) => word !== ''))
		.filter((words) => words.length > 0);
	// The model's own name stands last.
	for (const words of parts.toReversed()) {
		for (const word of words) {
			const [, vendor] = vendors.find(([pattern]) => pattern.test(word)) ?? [];
			if (vendor !== undefined) {
				return vendor;
			}
		}
	}

	return parts.at(-1)?.[0] ?? '';
}
