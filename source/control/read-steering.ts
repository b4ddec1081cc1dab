import {quarterMs} from '../exchange/measures.js';
import {keysIn} from './key-standing.js';
import {
	asRecord,
	isNameOrNull,
	isPlain,
	isPlainName,
	isSetter,
	isTextOrNull,
	isWhole,
	isWholeOrNull,
	plain,
} from './readable.js';
import type {
	Active,
	Change,
	CountedDay,
	EndpointStanding,
	Pause,
	Steering,
	TodaysCaps,
	Wishes,
	WishName,
} from './steering.js';

/**
Another version, or a hand with `sqlite3`, may have written what is read here: what does not read as it
should is taken for not there.
*/
const readable: Readonly<{
	[Name in WishName]: (value: unknown) => value is Wishes[Name];
}> = {active: isActive, pause: isPause, caps: areCaps, day: isDay};

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
		keys: saidOfKeys,
		warnings,
		...wishes
	} = asRecord(written);
	const active = changeIn('active', wishes['active']);
	const pause = changeIn('pause', wishes['pause']);
	const keys = keysIn(saidOfKeys);
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
				...(keys && {keys}),
				...(areTexts(warnings) && {
					warnings: warnings.map((warning) => plain(warning)),
				}),
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

function areCaps(value: unknown): value is TodaysCaps {
	return (
		typeof value === 'object' &&
		value !== null &&
		!Array.isArray(value) &&
		Object.entries(value).every(([name, cap]) => {
			const {from, nanodollars, tokens} = asRecord(cap);
			return (
				isPlainName(name) &&
				isWhole(from) &&
				isWholeOrNull(nanodollars) &&
				isWholeOrNull(tokens)
			);
		})
	);
}

function isDay(value: unknown): value is CountedDay {
	const {from, to} = asRecord(value);
	return (
		isWhole(from) &&
		isWhole(to) &&
		from < to &&
		[from, to].every((edge) => edge % quarterMs === 0)
	);
}

const areTexts = (value: unknown): value is readonly string[] =>
	Array.isArray(value) && value.every((text) => typeof text === 'string');

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
