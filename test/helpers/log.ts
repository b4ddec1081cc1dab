import {Buffer} from 'node:buffer';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import type {Live} from '../../source/exchange/exchange.js';
import {readPassthroughs} from '../../source/control/passthroughs.js';
import {openLogReader} from '../../source/usage-log/reader.js';
import type {LogReader} from '../../source/usage-log/news.js';
import {
	Recorder,
	type RecorderOptions,
} from '../../source/usage-log/recorder.js';
import type {
	ExchangeFacts,
	Recording,
} from '../../source/usage-log/recording.js';

export type LogPlace = Disposable &
	Readonly<{
		folder: string;
		path: string;
		/**
		Another connection, as another process would have it. Closed with the place.
		*/
		connect(): Database.Database;
		read(): LogReader;
		record(options?: Partial<RecorderOptions>): Recorder;
	}>;

/**
A usage log that may be in a folder; without one, in a temporary folder of its own.
*/
export function logPlace(given?: string): LogPlace {
	const folder =
		given ?? fs.mkdtempSync(path.join(os.tmpdir(), 'tollgate-log-'));
	const file = path.join(folder, 'usage.db');
	const opened: Array<{close(): unknown}> = [];
	const keep = <Opened extends {close(): unknown}>(one: Opened): Opened => {
		opened.push(one);
		return one;
	};

	return {
		folder,
		path: file,
		connect: () => keep(new Database(file)),
		read: () => keep(openLogReader(file)),
		record: (options) =>
			keep(
				new Recorder({path: file, owner: 'ours', now: Date.now, ...options}),
			),
		[Symbol.dispose]() {
			for (const one of opened.toReversed()) {
				one.close();
			}

			if (given === undefined) {
				fs.rmSync(folder, {recursive: true, force: true});
			}
		},
	};
}

/**
The recorder writes at the end of a turn of the event loop.
*/
export const turn = async (): Promise<void> =>
	new Promise((resolve) => {
		setImmediate(resolve);
	});

export const asked: ExchangeFacts = {
	startedAt: 1000,
	state: 'waiting',
	format: 'anthropic-messages',
	path: '/v1/messages',
	askedModel: 'claude-sonnet-4-6',
	endpoint: 'main',
	sentModel: 'claude-sonnet-4-6',
	attempts: 1,
	attemptStartedAt: 1001,
};

export const ended: ExchangeFacts = {
	outcome: 'ok',
	endedAt: 2000,
	httpStatus: 200,
	usageStatus: 'exact',
	inputTokens: 12,
	outputTokens: 34,
};

export const streaming: Omit<Live, 'id' | 'owner'> = {
	state: 'streaming',
	holdReason: null,
	heldSince: null,
	heldUntil: null,
	silentUntil: null,
	firstByteAt: 1100,
	firstTokenAt: 1200,
	lastByteAt: 1300,
	responseBytes: 1000,
	inputTokens: 12,
	cacheReadTokens: 400,
	cacheWrite5mTokens: 20,
	cacheWrite1hTokens: 0,
	estimatedOutputTokens: 5,
	attempts: 1,
	servedModel: 'm1',
};

/**
A recorder's calls as promises of whether they were recorded.
*/
export function begin(
	recorder: Recorder,
	facts: ExchangeFacts = asked,
): Readonly<{recording: Recording; recorded: Promise<boolean>}> {
	const {promise, resolve} = Promise.withResolvers<boolean>();
	return {recording: recorder.begin(facts, resolve), recorded: promise};
}

export async function finish(
	recorder: Recorder,
	recording: Recording,
	facts: ExchangeFacts = ended,
): Promise<boolean> {
	return new Promise((resolve) => {
		recorder.finish(recording, facts, resolve);
	});
}

/**
How many transactions stand in the write-ahead log: a frame that ends one tells the size of the
database, the others tell 0. https://sqlite.org/fileformat2.html#walformat
*/
export function transactionsIn(log: string): number {
	const wal = fs.readFileSync(`${log}-wal`);
	const pageSize = wal.readUInt32BE(8);
	const salt = wal.subarray(16, 24);
	let commits = 0;
	for (let at = 32; at + 24 <= wal.length; at += 24 + pageSize) {
		const isCurrent = Buffer.compare(salt, wal.subarray(at + 8, at + 16)) === 0;
		if (isCurrent && wal.readUInt32BE(at + 4) !== 0) {
			commits++;
		}
	}

	return commits;
}

/**
What a log says once nobody writes it any more.
*/
export function leftIn(log: string) {
	const db = new Database(log, {readonly: true});
	const left = {
		exchanges: db
			.prepare('SELECT outcome, usageStatus, inputTokens FROM exchanges')
			.all(),
		states: readPassthroughs(db).map(({state}) => state),
		writers: db.prepare('SELECT count(*) FROM writers').pluck().get(),
		live: db.prepare('SELECT count(*) FROM live').pluck().get(),
	};
	db.close();
	return left;
}
