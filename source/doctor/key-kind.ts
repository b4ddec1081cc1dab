/**
What kind of key it looks like, by how it begins. `maker` as the price list names providers.
*/
export type KeyKind = Readonly<{
	/**
	With its article: `an OpenRouter key (sk-or-…)`.
	*/
	called: string;
	maker: string | undefined;
}>;

const kinds: ReadonlyArray<readonly [begins: RegExp, kind: KeyKind]> = [
	[
		/^sk-ant-oat/,
		{
			called: 'the token of a Claude subscription (sk-ant-oat…)',
			maker: 'subscription',
		},
	],
	[
		/^sk-ant-/,
		{called: "a key of Anthropic's own API (sk-ant-…)", maker: 'anthropic'},
	],
	[/^sk-or-/, {called: 'an OpenRouter key (sk-or-…)', maker: 'openrouter'}],
	[
		/^sk-(?:proj|svcacct|admin)-/,
		{called: "a key of OpenAI's own API (sk-proj-…)", maker: 'openai'},
	],
	[
		/^sk-/,
		{
			called: 'a key as OpenAI and many gateways write them (sk-…)',
			maker: undefined,
		},
	],
	[/^tollgate_/, {called: 'a local key of Tollgate', maker: 'tollgate'}],
	[/^AIza/, {called: 'a Google key (AIza…)', maker: 'google'}],
	[/^gsk_/, {called: 'a Groq key (gsk_…)', maker: 'groq'}],
	[/^xai-/, {called: 'an xAI key (xai-…)', maker: 'xai'}],
	[/^eyJ/, {called: 'a token that expires (eyJ…)', maker: undefined}],
];

/**
Undefined for one that says nothing of itself.
*/
export const keyKind = (key: string): KeyKind | undefined =>
	kinds.find(([begins]) => begins.test(key))?.[1];

/**
What came along when the key was copied, and how to be rid of it; undefined where nothing did.
*/
export function wrappedKey(
	key: string,
): Readonly<{wrong: string; fix: string}> | undefined {
	if (/^["'`‘’“”].*["'`‘’“”]$/s.test(key)) {
		return {wrong: 'has quotes around it', fix: 'take the quotes away'};
	}

	if (/^bearer\s/i.test(key)) {
		return {wrong: 'begins with "Bearer"', fix: 'take that word away'};
	}

	if (/^[A-Z_]+=/.test(key)) {
		return {
			wrong: 'begins with the name of a variable and "="',
			fix: 'take both away',
		};
	}

	return /\s/.test(key)
		? {wrong: 'has blanks in it', fix: 'take them away'}
		: undefined;
}
