import fs from 'node:fs';
import Database from 'better-sqlite3';
import {UserError} from '../user-error.js';

/**
Who holds the lock of a home, as it wrote beside it. Its word alone: ask its port before believing it.
*/
export type Holder = Readonly<{
	instance: string;
	pid: number;
	url: string;
	startedAt: number;
	/**
	Absolute path of the usage log it writes.
	*/
	log: string;
}>;

export type Lock = Readonly<{
	announce(holder: Holder): void;
	release(): void;
}>;

/**
Those who look whether the lock is held touch it for an instant.
*/
const onlookersMs = 200;

/**
Takes the one lock of a home, or answers undefined where another process has it. The operating system
lets go of it whichever way this process ends, so a lock never outlives its holder.
*/
export function takeLock(files: LockFiles): Lock | undefined {
	makeOnce(files.lock);
	const db = openedFile(files.lock, {timeout: onlookersMs});
	try {
		db.exec('BEGIN EXCLUSIVE');
	} catch (error) {
		db.close();
		if (isBusy(error)) {
			return undefined;
		}

		throw inWords(error, files.lock);
	}

	return {
		announce(holder) {
			const fresh = `${files.holder}.new`;
			fs.writeFileSync(fresh, JSON.stringify(holder), {mode: 0o600});
			fs.renameSync(fresh, files.holder);
		},
		release() {
			if (!db.open) {
				return;
			}

			fs.rmSync(files.holder, {force: true});
			db.close();
		},
	};
}

/**
Whether some process has the lock now. Leaves no file behind.
*/
export function isLockHeld(files: LockFiles): boolean {
	if (!fs.existsSync(files.lock)) {
		return false;
	}

	const db = openedFile(files.lock, {readonly: true, timeout: 0});
	try {
		db.prepare('SELECT 1 FROM sqlite_schema').all();
		return false;
	} catch (error) {
		if (isBusy(error)) {
			return true;
		}

		throw inWords(error, files.lock);
	} finally {
		db.close();
	}
}

export type LockFiles = Readonly<{lock: string; holder: string}>;

export const lockFiles = (state: (name: string) => string): LockFiles => ({
	lock: state('passthrough.lock'),
	holder: state('passthrough.json'),
});

/**
What the holder last wrote; undefined where nobody did.
*/
export function readHolder(files: LockFiles): Holder | undefined {
	try {
		const holder = JSON.parse(
			fs.readFileSync(files.holder, 'utf8'),
		) as Partial<Holder> | null;
		return holder !== null && isWhole(holder) ? holder : undefined;
	} catch {
		// None, or one that makes no sense.
		return undefined;
	}
}

const isWhole = (holder: Partial<Holder>): holder is Holder =>
	[holder.instance, holder.url, holder.log].every(
		(text) => typeof text === 'string',
	) &&
	[holder.pid, holder.startedAt].every((number) =>
		Number.isSafeInteger(number),
	);

/**
Closing a file drops every lock this process has on it, so one that is there is not opened again.
*/
function makeOnce(file: string): void {
	if (!fs.existsSync(file)) {
		fs.closeSync(fs.openSync(file, 'a', 0o600));
	}
}

function openedFile(
	file: string,
	options: Database.Options,
): Database.Database {
	try {
		return new Database(file, options);
	} catch (error) {
		throw inWords(error, file);
	}
}

function inWords(error: unknown, file: string): UserError {
	const isFull = (error as {code?: string}).code === 'SQLITE_FULL';
	return new UserError(
		`The lock of this home cannot be used (${isFull ? 'its disk is full' : (error as Error).message}): ${file}`,
		isFull
			? 'Make room on it, and start again.'
			: 'It holds nothing worth keeping: remove it while no tollgate runs.',
		{cause: error},
	);
}

const isBusy = (error: unknown): boolean =>
	(error as {code?: string}).code === 'SQLITE_BUSY';
