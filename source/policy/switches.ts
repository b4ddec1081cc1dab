/**
The active alias with its conditions, as the control rows have it.
*/
type Active = Readonly<{
	alias: string | null;
	/**
	Epoch milliseconds.
	*/
	until: number | null;
	requestsLeft: number | null;
	/**
	What it falls back to.
	*/
	then: string | null;
}>;

type Pause = Readonly<{
	mode: 'off' | 'hold' | 'refuse';
	/**
	Epoch milliseconds.
	*/
	until: number | null;
}>;

/**
What is so now, and why nobody had to say it.
*/
export type Switched<Value, By extends 'time' | 'count'> = Readonly<{
	value: Value;
	setBy: By;
}>;

/**
After a request that the active alias steered. Undefined where nobody counts.
*/
export function afterRequest(
	active: Active,
): Switched<Active, 'count'> | undefined {
	if (active.requestsLeft === null) {
		return undefined;
	}

	const requestsLeft = active.requestsLeft - 1;
	return {
		value: requestsLeft > 0 ? {...active, requestsLeft} : fallenBack(active),
		setBy: 'count',
	};
}

/**
The active alias once its time is over; undefined until then.
*/
export const atTime = (
	active: Active,
	nowMs: number,
): Switched<Active, 'time'> | undefined =>
	active.until !== null && nowMs >= active.until
		? {value: fallenBack(active), setBy: 'time'}
		: undefined;

/**
The pause once its time is over; undefined until then.
*/
export const pauseAtTime = (
	pause: Pause,
	nowMs: number,
): Switched<Pause, 'time'> | undefined =>
	pause.mode !== 'off' && pause.until !== null && nowMs >= pause.until
		? {value: {mode: 'off', until: null}, setBy: 'time'}
		: undefined;

const fallenBack = (active: Active): Active => ({
	alias: active.then,
	until: null,
	requestsLeft: null,
	// eslint-disable-next-line unicorn/no-thenable -- A name or null: nothing that could be called.
	then: null,
});
