import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {expect, test} from 'vitest';
import {resolveAllCredentials} from '../../source/config/credentials.js';
import {loadConfig} from '../../source/config/load.js';
import type {ConfigChange} from '../../source/config/config-change.js';
import {watchConfig} from '../../source/config/watch-config.js';
import {temporaryHome} from './folder.js';

const env = {...process.env, GATE_KEY: 'sk-gate'};
const gate = (key = 'env:GATE_KEY', rest = '') =>
	`[endpoints.gate]\nurl = "https://gate.example.com"\nkey = "${key}"\n${rest}`;
const attempts = (count: number, key?: string) =>
	gate(key, `[retry]\nattempts = ${count}\n`);

/**
A home whose config is followed as a passthrough does. `next` gives the changes in their order.
*/
async function follow(toml?: string) {
	const temporary = temporaryHome(toml);
	const {home, folder} = temporary;
	const config = loadConfig({home, env});
	const credentials = await resolveAllCredentials(config, env);
	const changes = queue<ConfigChange>();
	const watch = watchConfig({
		home,
		env,
		inForce: {config, ...credentials},
		onChange: changes.put,
	});
	const file = path.join(folder, 'config.toml');
	return {
		file,
		folder,
		reload: watch.reload,
		next: changes.next,
		write(text: string) {
			fs.writeFileSync(file, text, {mode: 0o600});
		},
		async nextLoaded() {
			const change = await changes.next();
			expect(change).toMatchObject({kind: 'loaded'});
			return change as ConfigChange & {kind: 'loaded'};
		},
		async nextProblem() {
			const change = await changes.next();
			return change.kind === 'broken'
				? change.problem.replaceAll(folder, 'HOME')
				: change.kind;
		},
		[Symbol.dispose]() {
			watch.close();
			temporary[Symbol.dispose]();
		},
	};
}

function queue<Value>() {
	const here: Value[] = [];
	const waiting: Array<(value: Value) => void> = [];
	return {
		put(value: Value) {
			const resolve = waiting.shift();
			if (resolve === undefined) {
				here.push(value);
			} else {
				resolve(value);
			}
		},
		async next(): Promise<Value> {
			const value = here.shift();
			return value === undefined
				? new Promise((resolve) => {
						waiting.push(resolve);
					})
				: value;
		},
	};
}

const ways: Readonly<Record<string, (file: string, text: string) => void>> = {
	'written in place'(file, text) {
		fs.writeFileSync(file, text);
	},
	'written beside and renamed'(file, text) {
		fs.writeFileSync(`${file}.new`, text, {mode: 0o600});
		fs.renameSync(`${file}.new`, file);
	},
	'moved aside and written anew'(file, text) {
		fs.renameSync(file, `${file}~`);
		fs.writeFileSync(file, text, {mode: 0o600});
	},
	'deleted and written anew'(file, text) {
		fs.rmSync(file);
		fs.writeFileSync(file, text, {mode: 0o600});
	},
	'emptied and then written'(file, text) {
		fs.truncateSync(file);
		fs.appendFileSync(file, text);
	},
};

test.for(Object.entries(ways))(
	'a config that is %s is read again, each time',
	async ([, save]) => {
		using followed = await follow(attempts(2));
		for (const count of [3, 4, 5]) {
			save(followed.file, attempts(count));

			const {config, credentials, needsRestart} = await followed.nextLoaded();
			expect(config.retry.attempts).toBe(count);
			expect(credentials.get('gate')?.reveal()).toBe('sk-gate');
			expect(needsRestart).toEqual([]);
		}
	},
);

test('a config that comes to be is read', async () => {
	using followed = await follow();
	followed.write(gate());
	const {config} = await followed.nextLoaded();
	expect(config.endpoints).toMatchObject([{name: 'gate'}]);
	expect(config.file).toBe(followed.file);
});

test('a config behind a link is followed to where it lies', async () => {
	using temporary = temporaryHome(attempts(2));
	const target = path.join(temporary.folder, 'config.toml');
	using followed = await follow();
	fs.symlinkSync(target, followed.file);
	await followed.nextLoaded();
	fs.writeFileSync(target, attempts(7));
	const {config} = await followed.nextLoaded();
	expect(config.retry.attempts).toBe(7);
});

test('a broken edit is told of once, and so is that it was put right', async () => {
	using followed = await follow(attempts(2));
	followed.write(attempts(0));
	expect(await followed.nextProblem()).toBe(
		'HOME/config.toml:5: retry.attempts is 0. Write a whole number from 1 to 10.',
	);
	followed.write('[retry\n');
	expect(await followed.nextProblem()).toContain(
		'HOME/config.toml:1: this is not TOML',
	);
	// Nothing is different from what was in force all the time.
	followed.write(attempts(2));
	const {config} = await followed.nextLoaded();
	expect(config.retry.attempts).toBe(2);
});

test('of an edit that changes nothing nobody hears', async () => {
	using followed = await follow(attempts(2));
	followed.write(`# A word to myself.\n\n${attempts(2)}`);
	followed.reload();
	followed.write(attempts(3));
	const {config} = await followed.nextLoaded();
	expect(config.retry.attempts).toBe(3);
});

test('of several edits in one go the latest is told', async () => {
	using followed = await follow(attempts(2));
	for (const count of [3, 0, 4]) {
		followed.write(attempts(count));
	}

	const {config} = await followed.nextLoaded();
	expect(config.retry.attempts).toBe(4);
});

test('a key that takes its time does not come after a later edit', async () => {
	using followed = await follow(attempts(2));
	const slow = path.join(followed.folder, 'asked');
	followed.write(attempts(3, `cmd:touch ${slow}; sleep 60`));
	await expect.poll(() => fs.existsSync(slow), {timeout: 10_000}).toBe(true);
	followed.write(attempts(4));
	const {config} = await followed.nextLoaded();
	expect(config.retry.attempts).toBe(4);
});

test('a variable that this process does not have is a problem that says so', async () => {
	using followed = await follow(gate());
	followed.write(gate('env:OTHER_GATE_KEY'));
	expect(await followed.nextProblem()).toBe(
		'HOME/config.toml:3: The endpoint "gate" has no key: the variable OTHER_GATE_KEY is not set. This process was started without OTHER_GATE_KEY: set it and restart Tollgate.',
	);
});

test('what cannot change while it runs stays, and is named', async () => {
	using followed = await follow(attempts(2));
	followed.write(
		`[server]\nport = 5000\nhost = "::1"\nlog = "other.db"\nidle_timeout = "60s"\n${attempts(2)}`,
	);
	const {config, needsRestart} = await followed.nextLoaded();
	expect(config.server).toMatchObject({
		port: 4141,
		host: '127.0.0.1',
		log: path.join(followed.folder, 'usage.db'),
		idleTimeoutMs: 60_000,
	});
	expect(needsRestart).toEqual(['server.host', 'server.port', 'server.log']);
	followed.write(`[server]\nidle_timeout = "60s"\n${attempts(2)}`);
	expect(await followed.nextLoaded()).toMatchObject({needsRestart: []});
});

test('a config that is gone or empty is broken: what is in force stays', async () => {
	using followed = await follow(attempts(2));
	fs.rmSync(followed.file);
	expect(await followed.nextProblem()).toBe(
		'HOME/config.toml: it is gone. To go on without a config, restart Tollgate.',
	);
	followed.write('');
	expect(await followed.nextProblem()).toBe(
		'HOME/config.toml: it is empty. To go on without a config, restart Tollgate.',
	);
	followed.write(attempts(2));
	await followed.nextLoaded();
});

test('a config that others can write is refused as at a start', async () => {
	using followed = await follow(attempts(2));
	fs.chmodSync(followed.file, 0o666);
	expect(await followed.nextProblem()).toBe(
		'HOME/config.toml is not used: others can write to it. Run: chmod go-w HOME/config.toml',
	);
	fs.chmodSync(followed.file, 0o600);
	await followed.nextLoaded();
});

test('a folder that others can write to is refused with what was changed in it', async () => {
	using followed = await follow(attempts(2));
	fs.chmodSync(followed.folder, 0o777);
	expect(await followed.nextProblem()).toBe(
		'HOME is not used: others can write to it. Run: chmod go-w HOME',
	);
	fs.chmodSync(followed.folder, 0o700);
	await followed.nextLoaded();
});

test('an endpoint that would be the listener is refused', async () => {
	using followed = await follow(attempts(2));
	followed.write(
		gate().replace('https://gate.example.com', 'http://127.0.0.1:4141'),
	);
	expect(await followed.nextProblem()).toBe(
		'HOME/config.toml:2: The endpoint "gate" (http://127.0.0.1:4141) is this passthrough itself, listening on port 4141. Write the address of the API in endpoints.gate.url.',
	);
});

test('a command is asked again for its key when a reload is asked for, and not at each edit', async () => {
	using temporary = temporaryHome();
	const key = path.join(temporary.folder, 'key');
	fs.writeFileSync(key, 'sk-1');
	const byCommand = (count: number) => attempts(count, `cmd:cat ${key}`);
	using followed = await follow(byCommand(2));
	fs.writeFileSync(key, 'sk-2');
	followed.write(byCommand(3));
	const edited = await followed.nextLoaded();
	expect(edited.credentials.get('gate')?.reveal()).toBe('sk-1');
	followed.reload();
	const reloaded = await followed.nextLoaded();
	expect(reloaded.config.retry.attempts).toBe(3);
	expect(reloaded.credentials.get('gate')?.reveal()).toBe('sk-2');
});

test('an edit made before the config was followed is found', async () => {
	using temporary = temporaryHome(attempts(2));
	const {home, folder} = temporary;
	const config = loadConfig({home, env});
	fs.writeFileSync(path.join(folder, 'config.toml'), attempts(3));
	const changes = queue<ConfigChange>();
	const watch = watchConfig({
		home,
		env,
		inForce: {config, ...(await resolveAllCredentials(config, env))},
		onChange: changes.put,
	});
	expect(await changes.next()).toMatchObject({
		kind: 'loaded',
		config: {retry: {attempts: 3}},
	});
	watch.close();
});

test('a named pipe in place of a config is refused, and what is in force stays', async () => {
	using followed = await follow(attempts(2));
	fs.rmSync(followed.file);
	execFileSync('mkfifo', ['-m', '600', followed.file]);
	expect(await followed.nextProblem()).toMatch(
		/^HOME\/config\.toml cannot be read: it is no file\./v,
	);
	fs.rmSync(followed.file);
	followed.write(attempts(5));
	const {config} = await followed.nextLoaded();
	expect(config.retry.attempts).toBe(5);
});

test('a folder of others that a link leads into is refused', async () => {
	using elsewhere = temporaryHome(attempts(2));
	using followed = await follow();
	fs.symlinkSync(path.join(elsewhere.folder, 'config.toml'), followed.file);
	await followed.nextLoaded();
	fs.chmodSync(elsewhere.folder, 0o777);
	expect(await followed.nextProblem()).toContain('others can write to it');
});

const local = (lines: string) => gate(undefined, lines);
const hash = (digit: string) => `hash = "sha256:${digit.repeat(64)}"`;

test('a key that is revoked is gone at once, also where it was the last that opens the door', async () => {
	const door = (line: string) =>
		local(`[server]\nrequire_key = true\n[keys.ci]\n${line}\n`);
	using given = await follow(door(hash('a')));
	given.write(door(''));
	const {config, needsRestart} = await given.nextLoaded();
	expect(config.keys.map((key) => key.hash)).toEqual([undefined]);
	expect(config.server.requireKey).toBe(true);
	expect(needsRestart).toEqual([]);
});

test('credentials of a key that change are told of', async () => {
	const own = (variable: string) =>
		local(`[keys.ci]\ncredentials = { gate = "env:${variable}" }\n`);
	using given = await follow(own('GATE_KEY'));
	given.write(own('HOME'));
	const {keyCredentials} = await given.nextLoaded();
	expect(keyCredentials.get('ci')?.get('gate')?.reveal()).toBe(
		process.env['HOME'],
	);
});

test('an address that others can reach stays shut until the next start', async () => {
	const server = (host: string, requireKey: boolean) =>
		local(
			`[server]\nhost = "${host}"\nrequire_key = ${requireKey}\n[keys.ci]\n${hash('a')}\n`,
		);
	using given = await follow(server('0.0.0.0', true));
	given.write(server('127.0.0.1', false));
	const {config, needsRestart} = await given.nextLoaded();
	expect(config.server).toMatchObject({host: '0.0.0.0', requireKey: true});
	expect(needsRestart).toEqual(['server.host']);
});
