import type Database from 'better-sqlite3';
import {prepared} from './prepared.js';

/**
Another text whenever somebody else has written to a log, or another file has taken its place.
*/
export const writtenMark = (
	db: Database.Database,
	generation: number,
): string =>
	`${generation} ${String(prepared(db, 'PRAGMA data_version').pluck().get())}`;
