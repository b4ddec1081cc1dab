/**
The provider whose own API a host is, by its name in the catalogue; undefined for a gateway.
*/
export const providerOf = (host: string): string | undefined =>
	hosts.find(([pattern]) => pattern.test(host))?.[1];

const hosts: ReadonlyArray<readonly [RegExp, string]> = [
	[/^api\.anthropic\.com$/, 'anthropic'],
	[/^(?:\w+\.)?api\.openai\.com$/, 'openai'],
	[/\.openai\.azure\.com$/, 'openai'],
	[/^generativelanguage\.googleapis\.com$/, 'google'],
	[/^api\.deepseek\.com$/, 'deepseek'],
	[/^api\.z\.ai$/, 'zai'],
	[/^api\.moonshot\.ai$/, 'moonshotai'],
	[/^api\.x\.ai$/, 'xai'],
	[/^api\.mistral\.ai$/, 'mistral'],
	[/^api\.minimax\.io$/, 'minimax'],
	[/^bedrock-runtime\..*\.amazonaws\.com$/, 'amazon-bedrock'],
	[/^api\.groq\.com$/, 'groq'],
	[/^api\.cerebras\.ai$/, 'cerebras'],
	[/^api\.together\.(?:ai|xyz)$/, 'together'],
	[/^api\.fireworks\.ai$/, 'fireworks'],
];
