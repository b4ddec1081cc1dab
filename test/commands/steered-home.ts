import http from 'node:http';
import type {AddressInfo} from 'node:net';
import {once} from 'node:events';
import Database from 'better-sqlite3';
import {readChanges, newestChange} from '../../source/control/control-rows.js';
import {identityPath} from '../../source/control/identity.js';
import {lockFiles, takeLock} from '../../source/control/lock.js';
import type {PassthroughRow} from '../../source/control/passthrough-row.js';
import {
	preparePassthroughs,
	publish,
} from '../../source/control/passthroughs.js';
import type {Steering} from '../../source/control/steering.js';
import {switchTo} from '../../source/control/switch-to.js';
import {openLog} from '../../source/usage-log/open.js';
import {testHome, type TestHome} from '../helpers/program.js';

export const steeredConfig = `
	[server]
	port = 0
	[endpoints.main]
	url = "http://127.0.0.1:9"
	key = "agent"
	[aliases.coding-fast]
	targets = ["main/claude-haiku-4-5"]
	[aliases.coding-default]
	targets = ["main/claude-sonnet-4-6"]
	[aliases.coding-deep]
	targets = ["main/claude-opus-4-6", "main/claude-sonnet-4-6"]
	[routing]
	active = "coding-default"
`;

/**
A home whose log has been begun, and in which nothing runs.
*/
export function homeWithLog(config = steeredConfig): TestHome {
	const home = testHome(config);
	openLog(home.log, Date.now).db.close();
	return home;
}

/**
What was wished for in a home.
*/
export function wishesIn({folder, log}: TestHome) {
	const db = new Database(log, {readonly: true});
	const wishes = {
		changes: readChanges(db, folder),
		newest: newestChange(db, folder),
	};
	db.close();
	return wishes;
}

const untouched = {change: 0, setBy: 'config', setAt: 1, reason: null} as const;

/**
What a passthrough says in which nothing was ever changed.
*/
export const nothingDone: Steering = {
	change: 0,
	active: {...untouched, value: switchTo(null, undefined)},
	pause: {...untouched, value: {mode: 'off', until: null}},
	endpoints: [],
	configProblem: null,
	needsRestart: [],
	configReadAt: 1,
};

/**
Something that has the lock of a home, answers by the name in its row, and takes no wishes: an older
version, or one that is stuck.
*/
export async function standIn(
	home: TestHome,
	more: Partial<PassthroughRow>,
	says: Readonly<Record<string, unknown>> = {},
): Promise<AsyncDisposable> {
	const server = http.createServer((request, response) => {
		response.end(
			request.url === identityPath
				? JSON.stringify({
						tollgate: {...row, recording: true, open: 0, ...says},
					})
				: '',
		);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const {port} = server.address() as AddressInfo;
	const row: PassthroughRow = {
		instance: 'stand-in',
		home: home.folder,
		pid: 4711,
		version: '0.0.1',
		url: `http://127.0.0.1:${port}`,
		startedAt: 1000,
		heartbeatAt: 2000,
		state: 'serving',
		config: {endpoints: [], aliases: [], endpoint: 'main'},
		...more,
	};
	const lock = takeLock(lockFiles(home.file))!;
	const {db} = openLog(home.log, Date.now);
	preparePassthroughs(db);
	publish(db, row);
	db.close();
	lock.announce({
		instance: row.instance,
		pid: row.pid,
		url: row.url,
		startedAt: row.startedAt,
		log: home.log,
	});
	return {
		async [Symbol.asyncDispose]() {
			lock.release();
			server.close();
			await once(server, 'close');
		},
	};
}
