import {
	setters,
	type Active,
	type Change,
	type EndpointStanding,
	type Pause,
	type Setter,
	type Steering,
	type Wishes,
	type WishName,
} from './steering.js';

/**
Another version, or a hand with `sqlite3`, may have written what is read here: what does not read as it
should is taken for not there.
*/
const readable: Readonly<{
	[Name in WishName]: (value: unknown) => value is Wishes[Name];
}> = {active: isActive, pause: isPause};

export const wishNames = Object.keys(readable) as readonly WishName[];

/**
A change as it was written, or undefined where it makes no sense.
*/
export function changeIn<Name extends WishName>(
	name: Name,
	written: unknown,
): Change<Wishes[Name]> | undefined {
	const {change, value, setBy: setter, setAt: at, reason} = asRecord(written);
	return isWhole(change) &&
		readable[name](value) &&
		isSetter(setter) &&
		isWhole(at) &&
		isTextOrNull(reason)
		? {change, value, setBy: setter, setAt: at, reason: plain(reason)}
		: undefined;
}

/**
What a passthrough says of how it steers, or null where it says nothing that makes sense.
*/
export function steeringIn(written: unknown): Steering | null {
	const {
		change,
		endpoints,
		configProblem,
		needsRestart = [],
		configReadAt,
		...wishes
	} = asRecord(written);
	const active = changeIn('active', wishes['active']);
	const pause = changeIn('pause', wishes['pause']);
	return isWhole(change) &&
		active !== undefined &&
		pause !== undefined &&
		Array.isArray(endpoints) &&
		endpoints.every((endpoint) => isStanding(endpoint)) &&
		isTextOrNull(configProblem) &&
		Array.isArray(needsRestart) &&
		needsRestart.every((name) => isPlain(name)) &&
		isWhole(configReadAt)
		? {
				change,
				active,
				pause,
				endpoints,
				configProblem: plain(configProblem),
				needsRestart,
				configReadAt,
			}
		: null;
}

function isActive(value: unknown): value is Active {
	const {alias, until, requestsLeft, then} = asRecord(value);
	return (
		isNameOrNull(alias) &&
		isWholeOrNull(until) &&
		isWholeOrNull(requestsLeft) &&
		isNameOrNull(then)
	);
}

const modes: ReadonlySet<unknown> = new Set<Pause['mode']>([
	'off',
	'hold',
	'refuse',
]);

function isPause(value: unknown): value is Pause {
	const {mode, until} = asRecord(value);
	return modes.has(mode) && isWholeOrNull(until);
}

function isStanding(value: unknown): value is EndpointStanding {
	const {name, slots, maxSlots, inUse, queued, breakers} = asRecord(value);
	return (
		isPlain(name) &&
		[slots, maxSlots, inUse, queued].every((count) => isWhole(count)) &&
		Array.isArray(breakers) &&
		breakers.every((breaker) => {
			const {model, state, until} = asRecord(breaker);
			return (
				isNameOrNull(model) &&
				(state === 'open' || state === 'probing') &&
				Number.isFinite(until)
			);
		})
	);
}

const isSetter = (value: unknown): value is Setter =>
	setters.includes(value as Setter);

const isWhole = (value: unknown): value is number =>
	Number.isSafeInteger(value) && (value as number) >= 0;

const isWholeOrNull = (value: unknown): value is number | null =>
	value === null || isWhole(value);

const isTextOrNull = (value: unknown): value is string | null =>
	value === null || typeof value === 'string';

const controls = /[\p{Bidi_Control}\p{Control}]+/gv;

/**
What is said to people in one line, without what a terminal would obey.
*/
const plain = (text: string | null): string | null =>
	text === null ? null : text.replaceAll(controls, ' ');

const isPlain = (value: unknown): value is string =>
	typeof value === 'string' && !/[\p{Bidi_Control}\p{Control}]/v.test(value);

const isNameOrNull = (value: unknown): value is string | null =>
	value === null || (isPlain(value) && value !== '');

const asRecord = (value: unknown): Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null
		? (value as Readonly<Record<string, unknown>>)
		: {};

/**
What a text of JSON holds; undefined where it is none.
*/
export function parsed(json: unknown): unknown {
	try {
		return typeof json === 'string' ? (JSON.parse(json) as unknown) : undefined;
	} catch {
		return undefined;
	}
}
