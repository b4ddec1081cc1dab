import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import {expect, vi} from 'vitest';
import type {Config} from '../../source/config/config.js';
import {resolveAllCredentials} from '../../source/config/credentials.js';
import {findHome} from '../../source/config/home.js';
import {loadConfig} from '../../source/config/load.js';
import type {Attempt, Exchange} from '../../source/exchange/exchange.js';
import {
	startPassthrough,
	type Passthrough,
} from '../../source/passthrough/passthrough.js';
import {openLogReader} from '../../source/usage-log/reader.js';
import type {LogReader} from '../../source/usage-log/news.js';

export type Given = Readonly<{
	/**
	The URL of the one endpoint, `[endpoints.main]`.
	*/
	endpoint?: string;
	port?: number;
	/**
	Lines of `[server]` besides the port.
	*/
	server?: string;
	/**
	Lines of `[endpoints.main]` besides its URL.
	*/
	main?: string;
	/**
	More sections.
	*/
	toml?: string;
	env?: NodeJS.ProcessEnv;
	/**
	The clock, in epoch milliseconds.
	*/
	now?: () => number;
	/**
	What the passthrough may report without failing the test.
	*/
	mayReport?: RegExp;
}>;

export type Running = AsyncDisposable &
	Readonly<{
		url: string;
		port: number;
		/**
		The file of the usage log.
		*/
		log: string;
		passthrough: Passthrough;
		/**
		As it was started with.
		*/
		config: Config;
		/**
		The log as a second connection sees it now.
		*/
		reader: LogReader;
		/**
		In the order they were begun.
		*/
		rows(): readonly Exchange[];
		/**
		The only row there is.
		*/
		row(): Exchange;
		attempts(): readonly Attempt[];
		/**
		A connection that may write, to hold locks.
		*/
		connect(): Database.Database;
		drain(patienceMs?: number): Promise<number>;
	}>;

/**
A real passthrough with a real config, log and home in a temporary folder.
*/
export async function startTollgate(given: Given): Promise<Running> {
	const folder = fs.mkdtempSync(
		path.join(os.tmpdir(), 'tollgate-passthrough-'),
	);
	fs.writeFileSync(path.join(folder, 'config.toml'), tomlOf(given), {
		mode: 0o600,
	});
	const env = given.env ?? {};
	const home = findHome({flag: folder, env, platform: 'linux'});
	const config = loadConfig({home, env});
	const reports: string[] = [];
	const passthrough = await startPassthrough({
		config,
		...(await resolveAllCredentials(config, env)),
		home: folder,
		version: '0.0.0',
		hashKey: new Uint8Array(32).fill(7),
		env,
		now: given.now,
		report(message, error) {
			reports.push(
				`${message} ${error instanceof Error ? error.stack : String(error)}`,
			);
		},
	});
	const {log} = config.server;
	const reader = openLogReader(log);
	const connections: Database.Database[] = [];
	let cut: Promise<number> | undefined;
	const drain = async (patienceMs = 0) => {
		cut ??= passthrough.drain(patienceMs);
		return cut;
	};

	return {
		url: passthrough.url,
		port: Number(new URL(passthrough.url).port),
		log,
		passthrough,
		config,
		reader,
		rows: () =>
			reader.since(0).exchanges.toSorted((one, other) => one.id - other.id),
		row() {
			const {exchanges} = reader.since(0);
			if (exchanges.length !== 1) {
				throw new Error(`There are ${exchanges.length} rows, not one.`);
			}

			return exchanges[0]!;
		},
		attempts: () =>
			reader.since(0).attempts.toSorted((a, b) => a.number! - b.number!),
		connect() {
			const db = new Database(log);
			connections.push(db);
			return db;
		},
		drain,
		async [Symbol.asyncDispose]() {
			await drain();
			reader.close();
			for (const db of connections) {
				db.close();
			}

			fs.rmSync(folder, {recursive: true});
			const bad = reports.filter((text) => !given.mayReport?.test(text));
			if (bad.length > 0) {
				throw new Error(`The passthrough reported: ${bad.join('\n')}`);
			}
		},
	};
}

/**
The only row, once its exchange has ended.
*/
export async function settledRow({row}: Running): Promise<Exchange> {
	return vi.waitFor(() => {
		const settled = row();
		expect(settled.outcome).not.toBe('open');
		return settled;
	});
}

/**
One request of a test is one request at the endpoint, unless the test says otherwise.
*/
const steady = [
	['[retry]', 'attempts = 1', 'on_strikes = "return"'],
	['[concurrency]', 'max = 1000'],
	['[guard]', 'enabled = false'],
] as const;

function tomlOf({
	endpoint,
	port = 0,
	server = '',
	main = '',
	toml = '',
}: Given): string {
	const only =
		endpoint === undefined
			? ''
			: `[endpoints.main]\nurl = "${endpoint}"\n${main}\n`;
	return `[server]\nport = ${port}\n${server}\n${only}${toml}\n${steady
		.filter(([section]) => !toml.includes(section))
		.flat()
		.join('\n')}\n`;
}
