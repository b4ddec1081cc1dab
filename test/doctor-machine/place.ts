import {once} from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import net, {type AddressInfo} from 'node:net';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {homeFiles} from '../../source/config/home.js';
import {identityPath} from '../../source/control/identity.js';
import {lockFiles, takeLock} from '../../source/control/lock.js';
import type {Identity} from '../../source/control/passthrough-row.js';
import type {Finding} from '../../source/doctor/check.js';
import {
	lookAtMachine,
	machineChecks,
} from '../../source/doctor/machine/machine.js';
import {thisPlace, type Place} from '../../source/doctor/machine/place.js';

export const nowMs = Date.UTC(2026, 10, 23, 12);

/**
A machine in a temporary folder: `home` of Tollgate, `user` (their own home), `project` (the folder an agent is started
in), `managed` and `proc`.
*/
export type TestPlace = Disposable &
	Readonly<{
		folder: string;
		place: Place;
		/**
		Where a file of it is, e.g. `user/.claude/settings.json`.
		*/
		at(file: string): string;
		write(files: Readonly<Record<string, string>>): void;
		/**
		All findings, or those of one check.
		*/
		look(check?: string): Promise<readonly Finding[]>;
	}>;

export function testPlace(
	files: Readonly<Record<string, string>> = {},
	given: Partial<Place> = {},
): TestPlace {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tollgate-machine-'));
	const at = (file: string) => path.join(folder, file);
	for (const name of ['home', 'user', 'project', 'managed', 'proc']) {
		fs.mkdirSync(at(name), {mode: 0o700});
	}

	const write: TestPlace['write'] = (texts) => {
		for (const [file, text] of Object.entries(texts)) {
			fs.mkdirSync(path.dirname(at(file)), {recursive: true});
			fs.writeFileSync(at(file), text, {mode: 0o600});
			fs.utimesSync(at(file), nowMs / 1000, nowMs / 1000);
		}
	};

	write(files);
	const place = thisPlace({
		home: {config: at('home'), data: at('home'), single: true},
		isModel: () => false,
		env: {},
		platform: 'linux',
		cwd: at('project'),
		userHome: at('user'),
		now: () => nowMs,
		zone: 'Europe/Berlin',
		freeBytes: () => 80e9,
		processes: at('proc'),
		managedSettings: at('managed'),
		...given,
	});
	return {
		folder,
		place,
		at,
		write,
		async look(check) {
			if (check !== undefined && !isCheck(check)) {
				throw new Error(`No such check: ${check}`);
			}

			const findings = await lookAtMachine(place);
			return findings.filter(
				(one) => check === undefined || one.check === check,
			);
		},
		[Symbol.dispose]() {
			fs.rmSync(folder, {recursive: true, force: true});
		},
	};
}

const isCheck = (name: string): boolean =>
	machineChecks.some(({check}) => check === name);

export type Listening = AsyncDisposable & Readonly<{port: number; url: string}>;

/**
Something else that listens on this machine, and says nothing.
*/
export async function otherProgram(): Promise<Listening> {
	return listening(
		net.createServer((socket) => {
			socket.on('error', () => undefined).destroy();
		}),
	);
}

/**
A passthrough that holds a home, as others see it: its lock, its word beside it, and who it is over its port.
*/
export async function passthroughOf(
	home: string,
	says: Partial<Identity> = {},
): Promise<Listening> {
	const identity = {
		instance: `of-${home}`,
		home,
		pid: process.pid,
		version: thisPlace({
			home: {config: home, data: home, single: true},
			isModel: () => false,
		}).version,
		startedAt: nowMs,
		state: 'serving',
		recording: true,
		open: 0,
		config: {endpoints: [], aliases: [], endpoint: 'main'},
		...says,
	};
	const server = await listening(
		http.createServer((request, response) => {
			response.end(
				request.url === identityPath
					? JSON.stringify({tollgate: identity})
					: 'no',
			);
		}),
	);
	const {state} = homeFiles({config: home, data: home, single: true});
	const lock = takeLock(lockFiles(state));
	lock?.announce({
		instance: identity.instance,
		pid: identity.pid,
		url: server.url,
		startedAt: nowMs,
		log: path.join(home, 'usage.db'),
	});
	return {
		...server,
		async [Symbol.asyncDispose]() {
			lock?.release();
			await server[Symbol.asyncDispose]();
		},
	};
}

/**
A port of this machine where nobody listens now.
*/
export async function deadPort(): Promise<number> {
	await using gone = await otherProgram();
	return gone.port;
}

/**
A process as Linux tells of it.
*/
export const processFiles = (
	pid: number,
	{
		name,
		args,
		env = {},
		parent = 1,
	}: Readonly<{
		name: string;
		args: readonly string[];
		env?: Readonly<Record<string, string>>;
		parent?: number;
	}>,
): Readonly<Record<string, string>> => ({
	[`proc/${pid}/comm`]: `${name}\n`,
	[`proc/${pid}/cmdline`]: args.map((text) => `${text}\0`).join(''),
	[`proc/${pid}/environ`]: Object.entries(env)
		.map(([key, value]) => `${key}=${value}\0`)
		.join(''),
	[`proc/${pid}/stat`]: `${pid} (${name} (x) y) S ${parent} 1 1 0 -1`,
});

async function listening(server: net.Server): Promise<Listening> {
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const {port} = server.address() as AddressInfo;
	return {
		port,
		url: `http://127.0.0.1:${port}`,
		async [Symbol.asyncDispose]() {
			server.close();
			await once(server, 'close');
		},
	};
}
