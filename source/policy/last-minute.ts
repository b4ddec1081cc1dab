/**
What one request cost, and when it ended (epoch milliseconds).
*/
export type Spending = Readonly<{
	at: number;
	model: string | null;
	nanodollars: number;
}>;

const minuteMs = 60_000;
const mostKept = 1000;

/**
What was spent in the minute before the last end that was noted.
*/
export class LastMinute {
	#spendings: readonly Spending[] = [];

	note(spending: Spending): void {
		// Either way: a clock may be set back.
		const recent = this.#spendings.filter(
			({at}) => Math.abs(spending.at - at) < minuteMs,
		);
		this.#spendings =
			spending.nanodollars > 0 ? withOneMore(recent, spending) : recent;
	}

	sum(): number {
		return sumOf(this.#spendings);
	}

	/**
	The model that most was spent on, and whether it is the only one.
	*/
	dearest(): Readonly<{model: string | null; isOnly: boolean}> {
		const byModel = Map.groupBy(this.#spendings, ({model}) => model);
		const [model = null] =
			[...byModel]
				.map(([name, spendings]) => [name, sumOf(spendings)] as const)
				.toSorted(([, a], [, b]) => b - a)[0] ?? [];
		return {model, isOnly: byModel.size <= 1};
	}
}

/**
Where there are too many, the two oldest become one.
*/
function withOneMore(
	spendings: readonly Spending[],
	spending: Spending,
): readonly Spending[] {
	const [first, second, ...rest] = [...spendings, spending];
	return first !== undefined &&
		second !== undefined &&
		spendings.length >= mostKept
		? [
				{...second, nanodollars: first.nanodollars + second.nanodollars},
				...rest,
			]
		: [...spendings, spending];
}

const sumOf = (spendings: readonly Spending[]): number =>
	spendings.reduce((sum, {nanodollars}) => sum + nanodollars, 0);
