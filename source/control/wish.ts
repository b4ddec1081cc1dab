import Database from 'better-sqlite3';
import {logErrorInWords, refuseWithoutLog} from '../usage-log/log-errors.js';
import {codeOf, isBusy, troubleInWords} from '../usage-log/trouble.js';
import {UserError} from '../user-error.js';
import {
	prepareControl,
	readChanges,
	writeChange,
	type By,
} from './control-rows.js';
import {prepareDecisions, writeDecision, type Decision} from './decisions.js';
import {forgetMonitor, writePresence, type MonitorRow} from './presence.js';
import type {TodaysCap, Wishes, WishName} from './steering.js';
import {withCap} from './todays-caps.js';

/**
So long a writer waits for another, in SQLite's own small steps. Nobody holds the lock for more than some
milliseconds unless something is wrong.
*/
const patienceMs = 2000;

export type Control = Disposable &
	Readonly<{
		/**
		Writes a wish and answers the number of its change. Throws a UserError where it cannot be written.
		*/
		wish<Name extends WishName>(
			home: string,
			name: Name,
			value: Wishes[Name],
			by: By,
		): number;
		/**
		Changes today's cap of one key in what is wished for now, and leaves the others: of two who add to it at
		once both count. Answers the number of the change. `change` gets what was there, of whichever day; it
		may throw, and then nothing is written.
		*/
		changeCap(
			home: string,
			key: string,
			change: (before: TodaysCap | undefined) => TodaysCap,
			by: By,
		): number;
		/**
		Decides about a request that is held at its cap, or orders what shall become of one under way. Answers
		false where it is not open any more.
		*/
		decide(home: string, exchange: number, decision: Decision, by: By): boolean;
		/**
		Says that a monitor is there. To be said again every five seconds.
		*/
		announce(monitor: MonitorRow): void;
		/**
		Says that it is gone.
		*/
		leave(id: string): void;
	}>;

/**
Opens a usage log for somebody beside the passthrough who wants to change what is in force. Never begins
a log. Throws a UserError where there is none, or none that can be written. `waitMs` is how long it blocks
this process while another one writes.
*/
export function openControl(
	path: string,
	{waitMs = patienceMs}: {waitMs?: number} = {},
): Control {
	const db = inWords(path, () => open(path, waitMs));
	const write = <Result>(act: () => Result): Result =>
		inWords(path, () => db.transaction(act).immediate());
	return {
		wish: (home, name, value, by) =>
			write(() => {
				prepareControl(db);
				return writeChange(db, home, name, value, by);
			}),
		changeCap: (home, key, change, by) =>
			write(() => {
				prepareControl(db);
				const before = readChanges(db, home).caps?.value;
				return writeChange(db, home, 'caps', withCap(before, key, change), by);
			}),
		decide: (home, exchange, decision, by) =>
			write(() => {
				prepareDecisions(db);
				return writeDecision(db, home, exchange, decision, by);
			}),
		announce(monitor) {
			write(() => {
				writePresence(db, monitor);
			});
		},
		leave(id) {
			write(() => {
				forgetMonitor(db, id);
			});
		},
		[Symbol.dispose]() {
			db.close();
		},
	};
}

/**
Writes one wish and answers the number of its change: it is in force once the passthrough says that it
has applied this one or a later. Throws a UserError where it cannot be written.
*/
// eslint-disable-next-line max-params -- Where, what, and by whom.
export function wish<Name extends WishName>(
	path: string,
	home: string,
	name: Name,
	value: Wishes[Name],
	by: By,
): number {
	using control = openControl(path);
	return control.wish(home, name, value, by);
}

function open(path: string, waitMs: number): Database.Database {
	refuseWithoutLog(path);
	const db = new Database(path, {fileMustExist: true, timeout: waitMs});
	try {
		// Another program's database is let be.
		db.prepare('SELECT revision FROM exchanges');
		// No waiting for the disk while others wait for the lock.
		db.pragma('synchronous = NORMAL');
		db.pragma('wal_autocheckpoint = 0');
		return db;
	} catch (error) {
		db.close();
		throw error;
	}
}

function inWords<Result>(path: string, act: () => Result): Result {
	try {
		return act();
	} catch (error) {
		throw errorInWords(error, path);
	}
}

function errorInWords(error: unknown, path: string): unknown {
	if (isBusy(error)) {
		return new UserError(
			`The usage log is busy, another program holds its write lock: ${path}`,
			`Nothing was changed. Try again; to see who has it: fuser ${path}`,
			{cause: error},
		);
	}

	return notWritten.has(codeOf(error))
		? new UserError(
				`The usage log cannot be written (${troubleInWords(error)}): ${path}`,
				'Nothing was changed. The file and its folder must be yours to read and write.',
				{cause: error},
			)
		: logErrorInWords(error, path);
}

const notWritten: ReadonlySet<string> = new Set([
	'SQLITE_READONLY',
	'SQLITE_READONLY_DIRECTORY',
	'SQLITE_READONLY_DBMOVED',
	'SQLITE_PERM',
	'SQLITE_CANTOPEN',
]);
