const minutesOfQuarter = 15;
const fewestQuarters = 8;

/**
What a key usually spends while it is in use, in nano-dollars a minute: the mean of the quarters of an
hour in which it spent anything, of those given. Undefined with fewer than eight of them.
*/
export function usualPerMinute(
	quarters: ReadonlyArray<Readonly<{nanodollars: number}>>,
): number | undefined {
	const spent = quarters
		.map(({nanodollars}) => nanodollars)
		.filter((nanodollars) => nanodollars > 0);
	return spent.length < fewestQuarters
		? undefined
		: spent.reduce((sum, one) => sum + one, 0) /
				(spent.length * minutesOfQuarter);
}
