import fs from 'node:fs';
import process from 'node:process';
import type Database from 'better-sqlite3';
import {age} from '../../config/kinds.js';
import {takeLock, type LockFiles} from '../../control/lock.js';
import {readPassthroughs} from '../../control/passthroughs.js';
import {showInstant} from '../../exchange/show.js';
import {logErrorInWords} from '../../usage-log/log-errors.js';
import {
	isShrinking,
	keepUp,
	openForUpkeep,
	type Upkeep,
} from '../../usage-log/upkeep.js';
import {UserError} from '../../user-error.js';
import type {Given} from '../command.js';
import {look} from '../look.js';
import {codeOf} from '../../usage-log/trouble.js';
import {isRunning} from '../../control/is-running.js';

const ages = age({from: '1h', to: '36500d'});

type Pruned = Upkeep &
	Readonly<{before: number; bytesBefore: number; bytesAfter: number}>;

/**
Takes old requests out of the usage log, in steps that let a passthrough write; their sums stay.
*/
export async function pruneUsageLog(given: Given): Promise<void> {
	const before = Date.now() - ageOf(given.flags['olderThan']);
	const sight = look(given);
	const {server} = await sight.config();
	const path = server.log;
	if (!fs.existsSync(path)) {
		throw new UserError(
			`There is no usage log yet: ${path}`,
			'It begins with the first "tollgate" or "tollgate serve".',
		);
	}

	try {
		const pruned = await prune({path, before, lock: sight.lock});
		process.stdout.write(
			given.flags['json'] === true
				? `${JSON.stringify(pruned)}\n`
				: `${inWords(pruned)}\n`,
		);
	} catch (error) {
		throw logErrorInWords(error, path);
	}
}

function ageOf(value: unknown): number {
	const reading = ages.read(value);
	if (reading.kind === 'read') {
		return reading.value;
	}

	throw new UserError(
		value === undefined
			? 'This does not say how old a request must be to go.'
			: `--older-than ${reading.wrong}.`,
		`Write ${ages.allowed}: tollgate log prune --older-than 90d`,
		{exitCode: 2},
	);
}

async function prune({
	path,
	before,
	lock,
}: {
	path: string;
	before: number;
	lock: LockFiles;
}): Promise<Pruned> {
	const bytesBefore = fs.statSync(path).size;
	const db = openForUpkeep(path);
	try {
		const done = await keepUp(db, {pruneBeforeMs: before});
		const pagesLeft =
			done.pagesLeft > 0 && !isShrinking(db) && vacuumAlone(db, lock)
				? 0
				: done.pagesLeft;
		// The file itself follows when what stands beside it is folded in.
		db.pragma('wal_checkpoint(PASSIVE)');
		const bytesAfter = fs.statSync(path).size;
		return {...done, pagesLeft, before, bytesBefore, bytesAfter};
	} finally {
		db.close();
	}
}

/**
A file of an older version gives its pages back only when it is written anew, which keeps everybody else
out: so only where nobody else is. Answers whether it was done.
*/
function vacuumAlone(db: Database.Database, files: LockFiles): boolean {
	const lock = takeLock(files);
	if (lock === undefined) {
		return false;
	}

	try {
		if (
			readPassthroughs(db).some(
				({state, pid}) => state !== 'stopped' && isRunning(pid),
			)
		) {
			return false;
		}

		db.pragma('auto_vacuum = INCREMENTAL');
		db.exec('VACUUM');
		return true;
	} catch (error) {
		if (codeOf(error) !== 'SQLITE_FULL') {
			throw error;
		}

		// It wants room for a second file; what was taken out is out all the same.
		return false;
	} finally {
		lock.release();
	}
}

function inWords({
	pruned,
	before,
	bytesBefore,
	bytesAfter,
	pagesLeft,
}: Pruned): string {
	const smaller = bytesBefore - bytesAfter;
	const size =
		smaller > 0
			? `The file is ${megabytes(smaller)} smaller: ${megabytes(bytesAfter)}.`
			: pagesLeft > 0
				? 'The file keeps its size, as an older version made it: run this again while no passthrough runs.'
				: '';
	const what =
		pruned === 0
			? `Nothing to take out: no request is from before ${showInstant(before)}.`
			: `Took out ${pruned === 1 ? 'one request' : `${pruned.toLocaleString('en-US')} requests`} from before ${showInstant(before)}; ${pruned === 1 ? 'its' : 'their'} sums stay.`;
	return `${what} ${size}`.trim();
}

const megabytes = (bytes: number): string =>
	`${(bytes / 1024 / 1024).toFixed(1)} MB`;
