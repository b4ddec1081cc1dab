/**
The lines of config.toml that give a model a price, for the user to fill in. The id is foreign text: it
stands in a TOML string, whatever it holds.
*/
export const priceHint = (model: string): readonly string[] => [
	`[prices.${tomlKey(model)}]  # US dollars for a million tokens`,
	'input = …',
	'output = …',
];

/**
A key in quotes; JSON escapes what TOML does, but for the last control character.
*/
const tomlKey = (text: string): string =>
	JSON.stringify(text).replaceAll('\u{7F}', String.raw`\u007F`);
