import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {expect, test, vi} from 'vitest';
import {
	commandFor,
	findHome,
	homeFiles,
	prepareHome,
} from '../../source/config/home.js';
import {loadConfig} from '../../source/config/load.js';
import {
	keepPrivate,
	makePrivateFile,
	writableByOthers,
} from '../../source/config/permissions.js';
import {temporaryHome} from './folder.js';

const modeOf = (file: string): string =>
	(fs.statSync(file).mode % 0o1000).toString(8);

test.for([
	[
		'the usual folders',
		{HOME: '/h'},
		'linux',
		'/h/.config/tollgate',
		'/h/.local/share/tollgate',
	],
	[
		'the folders of XDG',
		{HOME: '/h', XDG_CONFIG_HOME: '/c', XDG_DATA_HOME: '/d'},
		'linux',
		'/c/tollgate',
		'/d/tollgate',
	],
	[
		'no relative or empty folder of XDG',
		{HOME: '/h', XDG_CONFIG_HOME: 'c', XDG_DATA_HOME: ''},
		'linux',
		'/h/.config/tollgate',
		'/h/.local/share/tollgate',
	],
	[
		'Application Support',
		{HOME: '/h', XDG_CONFIG_HOME: '/c'},
		'darwin',
		'/h/Library/Application Support/tollgate',
		'/h/Library/Application Support/tollgate',
	],
	[
		'one folder for TOLLGATE_HOME',
		{HOME: '/h', TOLLGATE_HOME: '/t'},
		'linux',
		'/t',
		'/t',
	],
	[
		'nothing for an empty TOLLGATE_HOME',
		{HOME: '/h', TOLLGATE_HOME: ''},
		'linux',
		'/h/.config/tollgate',
		'/h/.local/share/tollgate',
	],
] as const)('a home is %s', ([, env, platform, config, data]) => {
	expect(findHome({env, platform})).toEqual({
		config,
		data,
		single: config === data,
	});
});

test('--home wins over the variable, and is one folder', () => {
	const home = findHome({
		flag: 'some/where',
		env: {TOLLGATE_HOME: '/t'},
		platform: 'linux',
	});
	const folder = path.resolve('some/where');
	expect(home).toEqual({config: folder, data: folder, single: true});
	expect(homeFiles(home)).toMatchObject({
		config: `${folder}/config.toml`,
		log: `${folder}/usage.db`,
		crashLog: `${folder}/crash.log`,
	});
	expect(homeFiles(home).state('passthrough.lock')).toBe(
		`${folder}/passthrough.lock`,
	);
});

test('--home without a folder and Windows are refused', () => {
	expect(() => findHome({flag: '', env: {}, platform: 'linux'})).toThrow(
		'--home names no folder.',
	);
	expect(() => findHome({env: {}, platform: 'win32'})).toThrow(
		expect.objectContaining({
			exitCode: 2,
			hint: 'It runs in WSL, the Windows Subsystem for Linux.',
		}),
	);
});

test('missing folders are made for the user alone', () => {
	using temporary = temporaryHome();
	const env = {HOME: temporary.folder};
	const home = findHome({env, platform: 'linux'});
	prepareHome(home);
	prepareHome(home);
	expect([modeOf(home.config), modeOf(home.data)]).toEqual(['700', '700']);
});

test('a file that we make is for the user alone, also when it was there with more rights', () => {
	using temporary = temporaryHome();
	const [fresh, old] = ['fresh.db', 'old.db'].map((name) =>
		path.join(temporary.folder, name),
	);
	fs.writeFileSync(old!, 'kept', {mode: 0o644});
	makePrivateFile(fresh!);
	makePrivateFile(old!);
	expect([modeOf(fresh!), modeOf(old!)]).toEqual(['600', '600']);
	expect(fs.readFileSync(old!, 'utf8')).toBe('kept');
});

test('what others may read of a home is taken from them at its start', () => {
	using temporary = temporaryHome('[server]\nport = 5');
	const {home, folder} = temporary;
	const names = [
		'config.toml',
		'usage.db',
		'usage.db-wal',
		'usage.db-shm',
		'passthrough.lock',
		'passthrough.json',
		'body.key',
		'crash.log',
		'crash.log.old',
	];
	for (const name of names) {
		fs.closeSync(fs.openSync(path.join(folder, name), 'a'));
		fs.chmodSync(path.join(folder, name), 0o644);
	}

	fs.chmodSync(path.join(folder, 'usage.db'), 0o666);
	fs.writeFileSync(path.join(folder, 'notes.txt'), '');
	fs.chmodSync(path.join(folder, 'notes.txt'), 0o644);
	fs.chmodSync(folder, 0o755);
	prepareHome(home);

	expect(modeOf(folder)).toBe('700');
	expect(names.map((name) => modeOf(path.join(folder, name)))).toEqual(
		names.map(() => '600'),
	);
	expect(modeOf(path.join(folder, 'notes.txt'))).toBe('644');
	expect(loadConfig({home, env: {}}).server.port).toBe(5);
});

test('a config behind a link keeps its rights, a log behind one does not', () => {
	using temporary = temporaryHome();
	using elsewhere = temporaryHome('');
	const {home} = temporary;
	const theirs = homeFiles(elsewhere.home);
	fs.writeFileSync(theirs.log, '');
	for (const [from, to] of [
		[theirs.config, homeFiles(home).config],
		[theirs.log, homeFiles(home).log],
	] as const) {
		fs.chmodSync(from, 0o644);
		fs.symlinkSync(from, to);
	}

	prepareHome(home);
	expect([modeOf(theirs.config), modeOf(theirs.log)]).toEqual(['644', '600']);
});

test('a link that leads nowhere is no file', () => {
	using temporary = temporaryHome();
	const {home, folder} = temporary;
	fs.symlinkSync(path.join(folder, 'gone'), homeFiles(home).crashLog);
	prepareHome(home);
	expect(fs.existsSync(path.join(folder, 'gone'))).toBe(false);
});

test('a file of another user is refused', () => {
	using temporary = temporaryHome();
	const {log} = homeFiles(temporary.home);
	fs.writeFileSync(log, '', {mode: 0o600});
	const me = process.getuid!();
	if (me === 0) {
		// What is root's is nobody else's.
		fs.chownSync(log, 4242, 4242);
	}

	using getuid = vi.spyOn(process, 'getuid').mockReturnValue(4243);
	expect(() => {
		keepPrivate(log);
	}).toThrow(`${log} is not used: it belongs to another user.`);
	getuid.mockRestore();
	keepPrivate(log);
});

test('rights that cannot be changed are said', () => {
	using temporary = temporaryHome();
	const {log} = homeFiles(temporary.home);
	fs.writeFileSync(log, '');
	fs.chmodSync(log, 0o644);
	using chmod = vi.spyOn(fs, 'chmodSync').mockImplementation(() => {
		throw Object.assign(new Error('no'), {code: 'EPERM'});
	});
	expect(() => {
		prepareHome(temporary.home);
	}).toThrow(
		`${log} can be read by others, and that cannot be changed (EPERM).`,
	);
	expect(chmod).toHaveBeenCalledWith(log, 0o600);
});

test.for([
	[0o600, true],
	[0o644, true],
	[0o664, false],
	[0o602, false],
] as const)('a config of mode %i is used: %s', ([mode, used]) => {
	using temporary = temporaryHome('[server]\nport = 5');
	const {home} = temporary;
	const {config} = homeFiles(home);
	fs.chmodSync(config, mode);
	for (const act of [
		() => loadConfig({home, env: {}}),
		() => {
			prepareHome(home);
		},
	]) {
		if (used) {
			act();
		} else {
			expect(act).toThrow(
				expect.objectContaining({
					message: `${config} is not used: others can write to it.`,
					hint: `Run: chmod go-w ${config}`,
					exitCode: 2,
				}),
			);
		}
	}
});

test('a folder in which others could put another config is refused', () => {
	using temporary = temporaryHome('');
	const {home, folder} = temporary;
	fs.chmodSync(folder, 0o777);
	for (const act of [
		() => loadConfig({home, env: {}}),
		() => {
			prepareHome(home);
		},
	]) {
		expect(act).toThrow(`${folder} is not used: others can write to it.`);
	}
});

test.for([
	[0o755, 1000, 1000, undefined],
	[0o755, 0, 1000, undefined],
	[0o755, 1001, 1000, 'it belongs to another user'],
	[0o755, 1001, 0, undefined],
	[0o775, 1000, 1000, 'others can write to it'],
	[0o757, 0, 0, 'others can write to it'],
] as const)(
	'mode %i of user %i, seen by user %i: %s',
	([mode, uid, me, why]) => {
		expect(writableByOthers({mode, uid}, me)?.why).toBe(why);
	},
);

test('the command to run is right for a folder with a space', () => {
	using temporary = temporaryHome();
	const folder = path.join(temporary.folder, "it's here");
	fs.mkdirSync(folder);
	fs.chmodSync(folder, 0o777);
	expect(() => {
		prepareHome(findHome({flag: folder, env: {}, platform: 'linux'}));
	}).toThrow(
		expect.objectContaining({
			hint: String.raw`Run: chmod go-w '${temporary.folder}/it'\''s here'`,
		}),
	);
});

test('a folder that cannot be made is said in a sentence', () => {
	using temporary = temporaryHome('');
	const folder = path.join(homeFiles(temporary.home).config, 'below-a-file');
	expect(() => {
		prepareHome(findHome({flag: folder, env: {}, platform: 'linux'}));
	}).toThrow(`The folder ${folder} cannot be made (ENOTDIR).`);
});

test('a config that is a folder is said in a sentence', () => {
	using temporary = temporaryHome();
	const {home} = temporary;
	fs.mkdirSync(homeFiles(home).config, {mode: 0o700});
	expect(() => loadConfig({home, env: {}})).toThrow(
		'cannot be read: it is no file, but a folder.',
	);
});

test('a config that is a named pipe is refused, and not waited for', () => {
	using temporary = temporaryHome();
	const {home} = temporary;
	execFileSync('mkfifo', ['-m', '600', homeFiles(home).config]);
	expect(() => loadConfig({home, env: {}})).toThrow(
		'cannot be read: it is no file.',
	);
});

test('a link to a config in a folder of others is refused', () => {
	using temporary = temporaryHome();
	using elsewhere = temporaryHome('');
	const {home} = temporary;
	fs.symlinkSync(homeFiles(elsewhere.home).config, homeFiles(home).config);
	expect(loadConfig({home, env: {}}).endpoints).toHaveLength(1);
	fs.chmodSync(elsewhere.folder, 0o777);
	expect(() => loadConfig({home, env: {}})).toThrow(
		`${elsewhere.folder} is not used: others can write to it.`,
	);
});

test.for([
	['/d/tollgate', 'tollgate, without --home and TOLLGATE_HOME'],
	['/srv/other', 'tollgate --home /srv/other'],
] as const)('the home of %s is shown by %s', ([data, command]) => {
	const env = {HOME: '/h', XDG_DATA_HOME: '/d', TOLLGATE_HOME: '/mine'};
	expect(commandFor(data, env, 'linux')).toBe(command);
});
