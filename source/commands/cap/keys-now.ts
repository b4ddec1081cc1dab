import fs from 'node:fs';
import type Database from 'better-sqlite3';
import type {DayRule} from '../../calendar/day.js';
import type {KeyConfig} from '../../config/config.js';
import {readChanges} from '../../control/control-rows.js';
import type {Changes, CountedDay, KeyStanding} from '../../control/steering.js';
import {todaysCapOf} from '../../control/todays-caps.js';
import {
	keysSeen,
	readStanding,
	type SeenKey,
	type Standing,
} from '../../usage-log/ledger.js';
import {UserError} from '../../user-error.js';
import {dayIn, daysInForce} from '../days-in-force.js';
import type {Sight} from '../look.js';
import {readLog} from '../read-log.js';
import type {InForce} from '../steering/in-force.js';

/**
The caps of a key: in force today, and those of the config. Nano-dollars and tokens; null: none.
*/
export type Caps = Pick<
	KeyStanding,
	'name' | 'capNanodollars' | 'capTokens' | 'usualNanodollars' | 'usualTokens'
>;

/**
A key as it stands now. `isKnown`: the config has it; of the others only those that were used today are here.
*/
export type KeyNow = Caps &
	Standing &
	Readonly<{isKnown: boolean; seen: SeenKey | undefined}>;

export type KeysNow = Readonly<{
	/**
	Those of the config first, in its order.
	*/
	keys: readonly KeyNow[];
	/**
	The day that counts, epoch milliseconds.
	*/
	day: CountedDay;
	rule: DayRule;
}>;

/**
The key of requests that have none. It is there whatever the config says.
*/
const keyOfAll = 'default';

/**
How every key stands, by what is in force; undefined where there is no log yet, or none that can be read.
*/
export async function keysNow(
	sight: Sight,
	inForce: Pick<InForce, 'log' | 'home' | 'steering'>,
): Promise<KeysNow | undefined> {
	if (!fs.existsSync(inForce.log)) {
		return undefined;
	}

	try {
		return await keysIn(sight, inForce);
	} catch (error) {
		if (error instanceof UserError && error.exitCode !== 2) {
			return undefined;
		}

		throw error;
	}
}

/**
The same for those who cannot go on without: before there is a log nothing is spent. Throws a UserError where
there is one that cannot be read.
*/
export async function keysIn(
	sight: Sight,
	{log, home, steering}: Pick<InForce, 'log' | 'home' | 'steering'>,
): Promise<KeysNow> {
	const nowMs = Date.now();
	const {rule} = await daysInForce(sight);
	const isBegun = fs.existsSync(log);
	const changes = isBegun ? readLog(log, (db) => readChanges(db, home)) : {};
	// One that has just begun to serve may not have counted yet, and says nothing.
	const said = steering?.keys ?? [];
	const [first] = said;
	const day = first
		? {from: first.from, to: first.resetsAt}
		: await dayThatCounts(changes.day?.value, rule, nowMs);
	const caps = said.length > 0 ? said : await capsOfConfig(sight, changes, day);
	const keys = isBegun
		? readLog(log, (db) => keysOf(db, caps, day))
		: keysOf(undefined, caps, day);
	return {keys, day, rule};
}

async function dayThatCounts(
	kept: CountedDay | undefined,
	rule: DayRule,
	nowMs: number,
): Promise<CountedDay> {
	if (kept === undefined) {
		const {fromMs, toMs} = await dayIn(rule, nowMs);
		return {from: fromMs, to: toMs};
	}

	// What knows every zone takes long to load.
	const [{capDayAt}, {inKnownZone}] = await Promise.all([
		import('../../calendar/cap-day.js'),
		import('../../calendar/day.js'),
	]);
	return capDayAt(inKnownZone(rule), kept, nowMs);
}

async function capsOfConfig(
	sight: Sight,
	changes: Changes,
	day: CountedDay,
): Promise<readonly Caps[]> {
	const {keys} = await sight.config();
	return keys.map((key) => capsToday(key, changes, day));
}

function capsToday(
	{name, dailyCapNanodollars, dailyTokens}: KeyConfig,
	{caps}: Changes,
	{from}: CountedDay,
): Caps {
	const today = todaysCapOf(caps?.value, name, from);
	return {
		name,
		capNanodollars: today?.nanodollars ?? dailyCapNanodollars ?? null,
		capTokens: today?.tokens ?? dailyTokens ?? null,
		usualNanodollars: dailyCapNanodollars ?? null,
		usualTokens: dailyTokens ?? null,
	};
}

const nothingSpent: Standing = {
	nanodollars: 0,
	tokens: 0,
	unpriced: 0,
	reservedNanodollars: 0,
	reservedTokens: 0,
	underWay: 0,
};

const uncapped = {
	capNanodollars: null,
	capTokens: null,
	usualNanodollars: null,
	usualTokens: null,
} as const;

function keysOf(
	db: Database.Database | undefined,
	known: readonly Caps[],
	day: CountedDay,
): readonly KeyNow[] {
	const seen = db ? keysSeen(db) : [];
	const names = new Set([
		keyOfAll,
		...seen
			.filter(({lastSeenAt}) => lastSeenAt >= day.from)
			.map(({key}) => key),
	]);
	const others = [...names]
		.filter((name) => known.every((one) => one.name !== name))
		.map((name) => ({name, ...uncapped}));
	return [...known, ...others].map((caps, index) => ({
		...capsOnly(caps),
		...(db ? readStanding(db, {key: caps.name, ...day}) : nothingSpent),
		isKnown: index < known.length,
		seen: seen.find(({key}) => key === caps.name),
	}));
}

const capsOnly = ({
	name,
	capNanodollars,
	capTokens,
	usualNanodollars,
	usualTokens,
}: Caps): Caps => ({
	name,
	capNanodollars,
	capTokens,
	usualNanodollars,
	usualTokens,
});
