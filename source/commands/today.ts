import type Database from 'better-sqlite3';
import type {DayRule, Span} from '../calendar/day.js';
import {quarterMs, type Sums} from '../exchange/measures.js';
import {noSums} from '../summary/sums.js';
import {readRollups} from '../usage-log/rollups.js';
import {UserError} from '../user-error.js';
import {dayIn, daysInForce} from './days-in-force.js';
import type {Sight} from './look.js';
import {readLog} from './read-log.js';

/**
What a day has come to so far.
*/
export type Today = Readonly<{
	rule: DayRule;
	day: Span;
	sums: Sums;
}>;

export type Moment = Readonly<{day: Span; nowMs: number}>;

/**
What the log in force says of today, and what else `read` takes from it, all of one moment. Undefined
where there is none that can be read; throws a UserError where the config is wrong.
*/
export async function today<More extends object>(
	sight: Sight,
	read: (db: Database.Database, moment: Moment) => More,
): Promise<(Today & More) | undefined> {
	const nowMs = Date.now();
	try {
		const {log, rule} = await daysInForce(sight);
		const day = await dayIn(rule, nowMs);
		return readLog(log, (db) => {
			const [sums] = readRollups(db, {...quartersOf(day), by: []});
			return {rule, day, sums: sums ?? noSums, ...read(db, {day, nowMs})};
		});
	} catch (error) {
		if (error instanceof UserError && error.exitCode !== 2) {
			return undefined;
		}

		throw error;
	}
}

export const quartersOf = ({fromMs, toMs}: Span) => ({
	fromQuarter: fromMs / quarterMs,
	toQuarter: toMs / quarterMs,
});
