import {once} from 'node:events';
import process from 'node:process';
import {inspect} from 'node:util';
import type {Config} from '../config/config.js';
import {
	resolveAllCredentials,
	type AllCredentials,
} from '../config/credentials.js';
import {refuseLoop} from '../config/loop.js';
import {commandFor} from '../config/home.js';
import {watchConfig, type ConfigWatch} from '../config/watch-config.js';
import {
	lockFiles,
	readHolder,
	takeLock,
	type Lock,
	type LockFiles,
} from '../control/lock.js';
import {holderInWords, holderOfPort} from '../control/port-holder.js';
import {
	startPassthrough,
	type Passthrough,
} from '../passthrough/passthrough.js';
import {refuseForeignFile} from '../usage-log/open-foreign.js';
import {UserError} from '../user-error.js';
import {version} from '../version.js';
import type {Given} from './command.js';
import {hasControllingTerminal} from './controlling-terminal.js';
import {isRealModel} from './real-model.js';
import {boundHeap} from './bound-heap.js';
import {hashKeyOf, setOut, type SettingOut} from './setting-out.js';
import {wholeFlag} from './whole-flag.js';

type Started = SettingOut & AllCredentials;

/**
How long streams may go on after we were asked to leave.
*/
const patienceMs = 60_000;

/**
The passthrough alone, in the foreground, until SIGTERM or ctrl-c.
*/
export async function serve(given: Given): Promise<void> {
	boundHeap();
	const port = wholeFlag(given.flags['port'], {
		name: 'port',
		from: 0,
		to: 65_535,
	});
	const ready = setOut(given, {serving: true, port});
	const files = lockFiles(ready.files.state);
	const lock = takeLock(files);
	if (lock === undefined) {
		throw await takenBy(files);
	}

	const {passthrough, ...credentials} = await begin(ready, lock, port);
	const start = {...ready, ...credentials};
	const watched = followConfig(start, {passthrough, port});
	// Who reads the line may ask us to leave the moment it is there.
	const asked = leaveSignal(() => {
		watched.reload();
	});
	process.stdout.write(`listening on ${passthrough.url}\n`);
	const signal = await asked;
	watched.close();
	await leave(signal, passthrough, lock);
}

/**
Puts what is edited in the config in force while we serve.
*/
function followConfig(
	{home, config, credentials, keyCredentials}: Started,
	{
		passthrough,
		port,
	}: Readonly<{passthrough: Passthrough; port: number | undefined}>,
): ConfigWatch {
	return watchConfig({
		home,
		env: process.env,
		flags: {port},
		isModel: isRealModel,
		inForce: {config, credentials, keyCredentials},
		port: Number(new URL(passthrough.url).port),
		onChange(change) {
			if (change.kind === 'broken') {
				report(`The config is not in force: ${change.problem}`);
				passthrough.complain(change.problem);
				return;
			}

			void passthrough.replaceConfig(change).catch((error: unknown) => {
				report('The config could not be put in force.', error);
				passthrough.complain(
					`It could not be put in force: ${error instanceof Error ? error.message : String(error)}`,
				);
			});
		},
	});
}

async function begin(
	{home, files, config}: SettingOut,
	lock: Lock,
	port: number | undefined,
): Promise<Readonly<{passthrough: Passthrough}> & AllCredentials> {
	try {
		refuseForeignFile(config.server.log);
		const credentials = await resolveAllCredentials(config, process.env);
		const passthrough = await startPassthrough({
			config,
			...credentials,
			home: home.data,
			version,
			hashKey: hashKeyOf(files.state('body.key')),
			env: process.env,
			report,
		});
		try {
			present(passthrough, {config, lock});
		} catch (error) {
			await passthrough.drain(0);
			throw error;
		}

		return {passthrough, ...credentials};
	} catch (error) {
		lock.release();
		throw await portError(error, {
			host: config.server.host,
			port: port ?? config.server.port,
		});
	}
}

/**
Tells others of this home where it listens, unless it would only talk to itself there.
*/
function present(
	passthrough: Passthrough,
	{config, lock}: Readonly<{config: Config; lock: Lock}>,
): void {
	const {url} = passthrough;
	if (config.server.port === 0) {
		const port = Number(new URL(url).port);
		refuseLoop(config, {port, env: process.env});
	}

	const {instance, pid, startedAt} = passthrough.identity();
	lock.announce({instance, pid, startedAt, url, log: config.server.log});
}

/**
SIGHUP means that our terminal is gone; where we have none, that we shall read the config anew.
*/
const leaveSignal = async (reload: () => void): Promise<NodeJS.Signals> =>
	new Promise((resolve) => {
		for (const name of ['SIGTERM', 'SIGINT'] as const) {
			process.on(name, resolve);
		}

		const hasTerminal = hasControllingTerminal();
		process.on('SIGHUP', (signal) => {
			if (hasTerminal) {
				resolve(signal);
			} else {
				reload();
			}
		});
	});

/**
Lets streams finish and leaves. A second signal does not wait for them.
*/
async function leave(
	signal: NodeJS.Signals,
	passthrough: Passthrough,
	lock: Lock,
): Promise<void> {
	const {open} = passthrough.identity();
	if (open > 0) {
		process.stdout.write(
			`leaving when ${open === 1 ? 'the last request has' : `${open} requests have`} ended (${patienceMs / 1000} s at most)\n`,
		);
	}

	const hurried = Promise.race([
		once(process, 'SIGTERM'),
		once(process, 'SIGINT'),
	]);
	const cut = await Promise.race([passthrough.drain(patienceMs), hurried]);
	const wereCut = typeof cut === 'number' ? cut : await passthrough.drain(0);
	lock.release();
	if (wereCut > 0) {
		process.stdout.write(
			`cut ${wereCut === 1 ? 'one request' : `${wereCut} requests`} that had not ended\n`,
		);
	}

	process.exitCode = signal === 'SIGINT' ? 130 : 0;
	// eslint-disable-next-line unicorn/no-process-exit -- Sockets of clients that do not let go must not keep us.
	process.exit();
}

/**
For `crash.log`, where a passthrough that the monitor started has its stderr.
*/
function report(message: string, error?: unknown): void {
	const detail = error === undefined ? '' : `\n${inspect(error)}`;
	process.stderr.write(`${new Date().toISOString()} ${message}${detail}\n`);
}

async function takenBy(files: LockFiles): Promise<UserError> {
	const holder = readHolder(files);
	return new UserError(
		holder === undefined
			? 'A passthrough of this home is just starting.'
			: `A passthrough of this home is running already: ${holder.url}, process ${holder.pid}.`,
		'Run "tollgate" to see it, "tollgate stop" to stop it, or give this one another home with --home DIR.',
	);
}

async function portError(
	error: unknown,
	{host, port}: {host: string; port: number},
): Promise<unknown> {
	const {code} = error as NodeJS.ErrnoException;
	if (code === 'EADDRINUSE') {
		const holder = await holderOfPort({host, port});
		return new UserError(
			`Port ${port} is taken by ${holderInWords(holder)}.`,
			holder.kind === 'other'
				? 'Choose another with --port N, or port in [server]; 0 takes any that is free.'
				: `Join that one with: ${commandFor(holder.identity.home, process.env, process.platform)}. Or choose another port with --port N, or port in [server].`,
			{cause: error},
		);
	}

	return code === 'EACCES' || code === 'EADDRNOTAVAIL'
		? new UserError(
				`Nothing can listen on ${host}:${port} (${code}).`,
				'Choose another port with --port N, or host and port in [server].',
				{cause: error},
			)
		: error;
}
