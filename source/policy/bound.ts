/**
The tokens that a request may use at most: prompt that is not in a cache, prompt that is, and output.
*/
export type BoundTokens = Readonly<{
	fresh: number;
	cached: number;
	output: number;
}>;

export type Bounding = Readonly<{
	/**
	Length of the body, uncompressed.
	*/
	bodyBytes: number;
	/**
	What the request itself allows for one answer, if it says.
	*/
	maxOutputTokens: number | undefined;
	/**
	Answers asked for at once.
	*/
	choices: number;
	/**
	Output tokens of the last answers of this model.
	*/
	learned: readonly number[];
	/**
	What its session has had in a cache within the last five minutes.
	*/
	cachedTokens: number;
}>;

const bytesOfToken = 3;
const fewestLearned = 20;
const leastLearned = 4096;
const unlearned = 16_384;

/**
What is reserved for a request before it is sent. The prompt is a third of the body's bytes, rounded up,
of which so many tokens as were cached are read from there. The output is `learnedOutput`, or
what the request allows where that is less, for each answer asked for.
*/
export function boundTokens({
	bodyBytes,
	maxOutputTokens,
	choices,
	learned,
	cachedTokens,
}: Bounding): BoundTokens {
	const prompt = Math.ceil(bodyBytes / bytesOfToken);
	const cached = Math.min(cachedTokens, prompt);
	const answer = Math.min(maxOutputTokens ?? Infinity, learnedOutput(learned));
	return {
		fresh: prompt - cached,
		cached,
		output: Math.min(answer * choices, Number.MAX_SAFE_INTEGER),
	};
}

/**
All of a bound's tokens.
*/
export const sumOfBound = ({fresh, cached, output}: BoundTokens): number =>
	Math.min(fresh + cached + output, Number.MAX_SAFE_INTEGER);

/**
How long an answer of a model may become: the 99th percentile of its last ones, at least 4,096 tokens;
16,384 where fewer than 20 are known.
*/
export const learnedOutput = (outputs: readonly number[]): number =>
	outputs.length < fewestLearned
		? unlearned
		: Math.max(leastLearned, percentile99(outputs));

/**
By nearest rank: of n values in ascending order the one at place ⌈0.99 × n⌉, counted from 1. Of 100
values it is the 99th, of fewer than 100 the largest. There must be one.
*/
export function percentile99(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	// In whole numbers: 0.99 is none in binary.
	return sorted[Math.ceil((99 * sorted.length) / 100) - 1]!;
}
