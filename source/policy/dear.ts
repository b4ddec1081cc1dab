/**
An upper estimate of the tokens of a prompt, by the length of its body: few texts have less than three
bytes to a token, and what is JSON around the words counts too.
*/
export const promptTokensBound = (bodyBytes: number): number =>
	Math.ceil(bodyBytes / 3);

/**
A prompt that costs so much that sending it again is no small thing.
*/
export const isDear = (bodyBytes: number, maxPromptTokens: number): boolean =>
	promptTokensBound(bodyBytes) > maxPromptTokens;
