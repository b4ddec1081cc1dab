/**
Who changed something: a key in a monitor, a command, the config at first start, a switch that ran out
by itself, or the passthrough for a reason of its own.
*/
export const setters = [
	'monitor',
	'command',
	'config',
	'time',
	'count',
	'strikes',
	'guard',
] as const;
export type Setter = (typeof setters)[number];

/**
The active alias. `null` is `as-asked`: the model is left alone.
*/
export type Active = Readonly<{
	alias: string | null;
	/**
	Epoch milliseconds: when it falls back by itself. Null: it stays.
	*/
	until: number | null;
	/**
	How many more requests it steers before it falls back. Null: all.
	*/
	requestsLeft: number | null;
	/**
	What it falls back to, of no meaning without one of the two.
	*/
	then: string | null;
}>;

/**
Whether the agent is made to wait. `refuse`: it is turned away instead.
*/
export type Pause = Readonly<{
	mode: 'off' | 'hold' | 'refuse';
	/**
	Epoch milliseconds: when it ends by itself. Null: not before somebody resumes.
	*/
	until: number | null;
}>;

/**
The cap of a key as somebody has set it for one day.
*/
export type TodaysCap = Readonly<{
	/**
	When the day begins that it holds for, epoch milliseconds.
	*/
	from: number;
	/**
	Null: as the config says.
	*/
	nanodollars: number | null;
	tokens: number | null;
}>;

/**
By name of the key; those of days that are over are of no meaning. Best asked by way of `todaysCapOf`.
*/
export type TodaysCaps = Readonly<Record<string, TodaysCap>>;

/**
The day that counts now, epoch milliseconds, whole quarter-hours: `to` is the first instant of the next.
Kept by the passthrough, so that a new zone or start changes it at its end only.
*/
export type CountedDay = Readonly<{from: number; to: number}>;

/**
What may be changed while a passthrough runs, by name.
*/
export type Wishes = Readonly<{
	active: Active;
	pause: Pause;
	caps: TodaysCaps;
	day: CountedDay;
}>;
export type WishName = keyof Wishes;

/**
A value with its history. `change` grows with every change of the same home and is never reused.
*/
export type Change<Value> = Readonly<{
	change: number;
	value: Value;
	setBy: Setter;
	/**
	Epoch milliseconds.
	*/
	setAt: number;
	/**
	In words, cleaned; null where somebody just wanted it.
	*/
	reason: string | null;
}>;

export type Changes = {
	readonly [Name in WishName]?: Change<Wishes[Name]>;
};

/**
How an endpoint stands now.
*/
export type EndpointStanding = Readonly<{
	name: string;
	/**
	Requests it is given at once now, of those the config allows; and how many are with it, and how many
	wait for it.
	*/
	slots: number;
	maxSlots: number;
	inUse: number;
	queued: number;
	/**
	Its targets that failed too often and are let be. `probing`: one request finds out.
	*/
	breakers: ReadonlyArray<
		Readonly<{
			model: string | null;
			state: 'open' | 'probing';
			/**
			Epoch milliseconds: when the next probe may go.
			*/
			until: number;
		}>
	>;
}>;

/**
How a local key stands. Nano-dollars, tokens, epoch milliseconds; figures are a second old at most.
*/
export type KeyStanding = Readonly<{
	name: string;
	/**
	In force today; null: none.
	*/
	capNanodollars: number | null;
	capTokens: number | null;
	/**
	Those of the config.
	*/
	usualNanodollars: number | null;
	usualTokens: number | null;
	/**
	The day that counts, and the first instant of the next.
	*/
	from: number;
	resetsAt: number;
	spentNanodollars: number;
	spentTokens: number;
	reservedNanodollars: number;
	reservedTokens: number;
	/**
	Exchanges of the day whose dollars are not known and not counted.
	*/
	unpriced: number;
	/**
	`ask`, `refuse` or `alias:NAME`.
	*/
	atCap: string;
	/**
	Parts of the cap at which somebody is warned, as 0.8.
	*/
	warnAt: readonly number[];
	/**
	The alias that is offered at the cap.
	*/
	cheaper: string | null;
	isReached: boolean;
}>;

/**
What a passthrough says beside the log of how it steers: the changes it has applied, and how its
endpoints stand. Older versions say nothing of it.
*/
export type Steering = Readonly<{
	/**
	The newest change that is in force.
	*/
	change: number;
	active: Change<Active>;
	pause: Change<Pause>;
	endpoints: readonly EndpointStanding[];
	/**
	What is wrong with the config as it is on disk now, in one line; null while what is in force is what
	is there.
	*/
	configProblem: string | null;
	/**
	Settings that were changed and count from the next start: `server.port`.
	*/
	needsRestart: readonly string[];
	/**
	When the config in force was read, epoch milliseconds.
	*/
	configReadAt: number;
	/**
	All keys of the config, capped or not. Older versions say nothing of them.
	*/
	keys?: readonly KeyStanding[];
	/**
	What is odd about keys and credentials, a line each.
	*/
	warnings?: readonly string[];
}>;
