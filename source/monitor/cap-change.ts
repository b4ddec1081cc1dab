import type {TodaysCap} from '../control/steering.js';
import type {CapMeasure} from './caps.js';

/**
Another cap for today, as it is asked for here.
*/
export type CapChange = Readonly<{
	key: string;
	/**
	The beginning of the day that it holds for, epoch milliseconds.
	*/
	from: number;
	of: CapMeasure['of'];
	/**
	`add` counts from what holds when it is written, so that two who press at once add twice.
	*/
	kind: 'set' | 'add';
	/**
	Nano-dollars or tokens.
	*/
	amount: number;
	/**
	What `add` counts from where nobody has changed it today.
	*/
	usual: number;
}>;

/**
What holds for the day after a change of what held before it. A row of another day is no more.
*/
export function capAfter(
	before: TodaysCap | undefined,
	{from, of, kind, amount, usual}: CapChange,
): TodaysCap {
	const today: TodaysCap =
		before?.from === from ? before : {from, nanodollars: null, tokens: null};
	return {
		...today,
		[of]: kind === 'set' ? amount : (today[of] ?? usual) + amount,
	};
}

/**
Two that are not written yet in one.
*/
export const bothChanges = (
	first: CapChange | undefined,
	then: CapChange,
): CapChange =>
	first !== undefined &&
	then.kind === 'add' &&
	first.key === then.key &&
	first.of === then.of &&
	first.from === then.from
		? {...first, amount: first.amount + then.amount}
		: then;

/**
What an amount comes to for a cap as it stands now.
*/
export const capTo = (
	{kind, amount}: Pick<CapChange, 'kind' | 'amount'>,
	cap: number,
): number => (kind === 'set' ? amount : cap + amount);

const fiveDollars = 5e9;

/**
What one press adds: five dollars, or the roundest part of a cap of tokens that is no more than a quarter.
*/
export function stepOf(of: CapMeasure['of'], cap: number): number {
	if (of === 'nanodollars') {
		return fiveDollars;
	}

	const most = Math.max(1000, cap / 4);
	const power = 10 ** Math.floor(Math.log10(most));
	return power * [5, 2, 1].find((times) => times * power <= most)!;
}
