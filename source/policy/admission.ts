/**
What a key has used of its day, in whole nano-dollars and tokens: by requests that have ended, and
reserved for those under way.
*/
export type Used = Readonly<{
	nanodollars: number;
	tokens: number;
	reservedNanodollars: number;
	reservedTokens: number;
}>;

/**
What a key may use in a day; null where nothing is set.
*/
export type Cap = Readonly<{
	nanodollars: number | null;
	tokens: number | null;
}>;

/**
What one request may use at most. `nanodollars` is null where its model has no price.
*/
export type Bound = Readonly<{nanodollars: number | null; tokens: number}>;

export type Capped = 'nanodollars' | 'tokens';

/**
`wait`: it would fit with nothing else under way. `reached`: it would not, because the cap is spent, or
because of its bound. `unpriced`: there is a cap in dollars, and its dollars are not known.
*/
export type Admission =
	| Readonly<{kind: 'go'}>
	| Readonly<{kind: 'wait'}>
	| Readonly<{kind: 'reached'; why: 'spent' | 'bound'; of: Capped}>
	| Readonly<{kind: 'unpriced'}>;

export type Admitting = Readonly<{
	standing: Used;
	cap: Cap;
	bound: Bound;
	/**
	What becomes of a request without a price under a cap in dollars; allowed, it counts for none of them.
	*/
	unpriced: 'allow' | 'refuse';
}>;

/**
Whether a request may go under the cap of its key. What is reserved keeps it waiting, and only what is
spent keeps it out: else one long request would turn down all others.
*/
export function admit({standing, cap, bound, unpriced}: Admitting): Admission {
	if (
		cap.nanodollars !== null &&
		bound.nanodollars === null &&
		unpriced === 'refuse'
	) {
		return {kind: 'unpriced'};
	}

	const measured: readonly Measured[] = [
		{
			of: 'nanodollars',
			spent: standing.nanodollars,
			reserved: standing.reservedNanodollars,
			bound: bound.nanodollars ?? 0,
			cap: cap.nanodollars ?? Infinity,
		},
		{
			of: 'tokens',
			spent: standing.tokens,
			reserved: standing.reservedTokens,
			bound: bound.tokens,
			cap: cap.tokens ?? Infinity,
		},
	];
	const reached = reachedOf(measured);
	if (reached !== undefined) {
		return {kind: 'reached', ...reached};
	}

	const fits = measured.every(
		(one) => one.spent + one.reserved + one.bound <= one.cap,
	);
	return {kind: fits ? 'go' : 'wait'};
}

type Measured = Readonly<{
	of: Capped;
	spent: number;
	reserved: number;
	bound: number;
	cap: number;
}>;

/**
A cap that is spent is told of before one that is only too small for this request.
*/
function reachedOf(
	measured: readonly Measured[],
): Readonly<{why: 'spent' | 'bound'; of: Capped}> | undefined {
	const spent = measured.find((one) => one.spent >= one.cap);
	if (spent !== undefined) {
		return {why: 'spent', of: spent.of};
	}

	const tooSmall = measured.find((one) => one.spent + one.bound > one.cap);
	return tooSmall && {why: 'bound', of: tooSmall.of};
}
