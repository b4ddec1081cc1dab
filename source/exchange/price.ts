/**
What tokens cost, in whole nano-dollars for a million of them.
*/
export type Rates = Readonly<{
	input: number;
	output: number;
	/**
	Left out: as `input`.
	*/
	cacheRead?: number | undefined;
	/**
	Left out: as `input`.
	*/
	cacheWrite5m?: number | undefined;
	/**
	Left out: twice `input` where writes for five minutes have a rate, else as `input`.
	*/
	cacheWrite1h?: number | undefined;
}>;

export type Price = Rates &
	Readonly<{
		/**
		Whole nano-dollars for a thousand web searches.
		*/
		webSearchPer1k?: number | undefined;
		/**
		Other rates for prompts of more than `above` tokens, for all tokens of the request.
		*/
		tiers?: ReadonlyArray<Rates & Readonly<{above: number}>> | undefined;
	}>;

/**
A decimal as a whole number of its units after the point: `(0.025, 9)` is 25,000,000. It is read from
its digits, so that no binary fraction comes in between. Undefined where it has more digits than that,
or is too large to be exact.
*/
export function inUnits(decimal: number, places: number): number | undefined {
	const {whole, rest} = digitsOf(decimal, places);
	return rest === '' && Number.isSafeInteger(whole) ? whole : undefined;
}

/**
The same, rounded half up where it has more digits.
*/
export function roundedInUnits(
	decimal: number,
	places: number,
): number | undefined {
	const {whole, rest} = digitsOf(decimal, places);
	const rounded = rest >= '5' ? whole + 1 : whole;
	return Number.isSafeInteger(rounded) ? rounded : undefined;
}

/**
The shortest digits that mean this number are those that were written.
*/
function digitsOf(
	decimal: number,
	places: number,
): Readonly<{whole: number; rest: string}> {
	const {
		whole = '',
		fraction = '',
		exponent = '0',
	} = /^(?<whole>\d+)(?:\.(?<fraction>\d+))?(?:e(?<exponent>[+-]\d+))?$/.exec(
		String(decimal),
	)?.groups ?? {};
	const digits = whole + fraction;
	const point = whole.length + Number(exponent) + places;
	if (digits === '') {
		return {whole: NaN, rest: ''};
	}

	const padded = digits.padStart(digits.length - Math.min(0, point), '0');
	const at = Math.max(0, point);
	return {
		whole: Number(padded.slice(0, at).padEnd(at, '0')),
		rest: Number(padded.slice(at)) === 0 ? '' : padded.slice(at),
	};
}
