/**
US dollars with as many digits as a tiny amount needs, from nano-dollars: `$0.0004`, `$0.012`, `$1.20`.
*/
export function showAmount(nanodollars: number): string {
	const dollars = nanodollars / 1e9;
	return dollars >= 0.1 || dollars === 0
		? `$${dollars.toFixed(2)}`
		: `$${Number(dollars.toPrecision(2)).toFixed(digitsFor(dollars))}`;
}

const digitsFor = (dollars: number): number =>
	Math.min(9, 1 - Math.floor(Math.log10(dollars)));
