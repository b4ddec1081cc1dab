import type Database from 'better-sqlite3';
import {quarterMs} from '../exchange/measures.js';
import {prepared} from './prepared.js';

/**
What a key has counted in each quarter-hour since an instant (epoch milliseconds), in nano-dollars; those
without anything are left out.
*/
export const recentQuarters = (
	db: Database.Database,
	key: string,
	since: number,
): ReadonlyArray<Readonly<{nanodollars: number}>> =>
	prepared(
		db,
		'SELECT nanodollars FROM counted WHERE key = ? AND quarter >= ? AND nanodollars > 0',
	).all(key, Math.floor(since / quarterMs)) as ReadonlyArray<
		Readonly<{nanodollars: number}>
	>;
