import fs from 'node:fs';
import process from 'node:process';
import {expect, test} from 'vitest';
import type {Finding} from '../../source/doctor/check.js';
import type {Place} from '../../source/doctor/machine/place.js';
import {nowMs, testPlace} from './place.js';

type Case = Readonly<{
	title: string;
	check: string;
	files?: Readonly<Record<string, string>>;
	given?: Partial<Place>;
	says: string;
	standing: Finding['standing'];
	fix?: string;
}>;

const config = (text: string) => ({'home/config.toml': text});
const endpoint = '[endpoints.main]\nurl = "https://api.example"\n';

const cases: readonly Case[] = [
	{
		title: 'a Node that is new enough is told in a line',
		check: 'node',
		given: {nodeVersion: '22.19.0'},
		standing: 'ok',
		says: 'Node 22.19.0.',
	},
	{
		title: 'a Node that is too old is told with what is needed',
		check: 'node',
		given: {nodeVersion: '22.9.0'},
		standing: 'bad',
		says: 'This is Node 22.9.0, and Tollgate needs 22.19 or newer.',
		fix: 'Install a newer Node',
	},
	{
		title: 'Linux is fine',
		check: 'platform',
		standing: 'ok',
		says: 'Linux.',
	},
	{
		title: 'WSL is named',
		check: 'platform',
		given: {env: {WSL_DISTRO_NAME: 'Ubuntu'}},
		standing: 'ok',
		says: 'Linux in WSL.',
	},
	{
		title: 'Windows itself is sent to WSL',
		check: 'platform',
		given: {platform: 'win32'},
		standing: 'bad',
		says: 'does not run on Windows itself',
		fix: 'WSL',
	},
	{
		title: 'a platform that nobody tried is told',
		check: 'platform',
		given: {platform: 'freebsd'},
		standing: 'warn',
		says: 'never tried on freebsd',
	},
	{
		title: 'no config is in order',
		check: 'config',
		standing: 'ok',
		says: 'There is no config',
	},
	{
		title: 'a config in order is named',
		check: 'config',
		files: config(endpoint),
		standing: 'ok',
		says: '/home/config.toml is in order.',
	},
	{
		title:
			'a mistake in the config is told with its line, and how many more there are',
		check: 'config',
		files: config(
			`${endpoint}[server]\nport = "x"\n[day]\ntimezone = "Berlin"\n`,
		),
		standing: 'bad',
		says: '/home/config.toml:4: server.port',
		fix: 'Write a whole number',
	},
	{
		title: 'a file that is no TOML is told with its line',
		check: 'config',
		files: config('[endpoints'),
		standing: 'bad',
		says: '/home/config.toml:1: this is not TOML',
	},
	{
		title: 'a zone that does not exist is a mistake of the config',
		check: 'config',
		files: config(`${endpoint}[day]\ntimezone = "Europe/Berlim"\n`),
		standing: 'bad',
		says: 'day.timezone',
		fix: 'Europe/Berlin',
	},
	{
		title: 'without a config nothing is said of where it listens by its port',
		check: 'port',
		files: config('[endpoints'),
		standing: 'skipped',
		says: 'the config has to say first',
	},
	{
		title: 'any free port is always free',
		check: 'port',
		files: config(`${endpoint}[server]\nport = 0\n`),
		standing: 'ok',
		says: 'Any port that is free.',
	},
	{
		title: 'an address that is not of this machine is told',
		check: 'port',
		files: config(
			`${endpoint}[server]\nhost = "203.0.113.7"\nrequire_key = true\n[keys.a]\nhash = "sha256:${'0'.repeat(64)}"\n`,
		),
		standing: 'bad',
		says: 'Nothing can listen on 203.0.113.7:4141 (EADDRNOTAVAIL).',
		fix: '[server]',
	},
	{
		title: 'no passthrough is no mistake',
		check: 'passthrough',
		standing: 'ok',
		says: 'None of this home runs.',
	},
	{
		title: 'a log that is not begun is no mistake',
		check: 'log',
		standing: 'ok',
		says: 'There is none yet',
	},
	{
		title: 'a log in the place of a folder is told',
		check: 'log',
		files: {'home/usage.db/file': ''},
		standing: 'bad',
		says: 'The usage log is a folder',
		fix: 'log in [server]',
	},
	{
		title: 'a log that is no database is told',
		check: 'log',
		files: {'home/usage.db': 'x'.repeat(5000)},
		standing: 'bad',
		says: 'The usage log is broken',
	},
	{
		title: 'much room is told in a line',
		check: 'disk',
		standing: 'ok',
		says: '80 GB are free',
	},
	{
		title: 'little room is worth a warning',
		check: 'disk',
		given: {freeBytes: () => 600e6},
		standing: 'warn',
		says: 'Only 600 MB are free',
		fix: 'Make room',
	},
	{
		title: 'no room is bad',
		check: 'disk',
		given: {freeBytes: () => 3e6},
		standing: 'bad',
		says: 'Only 3 MB are free',
	},
	{
		title: 'a system that does not tell its room is let be',
		check: 'disk',
		given: {freeBytes: () => undefined},
		standing: 'skipped',
		says: 'does not say how much room',
	},
	{
		title: 'a clock in the past is bad',
		check: 'clock',
		given: {now: () => Date.UTC(1990, 0, 1)},
		standing: 'bad',
		says: '1990-01-01',
		fix: 'from the network',
	},
	{
		title: 'a clock behind the files of the home is worth a warning',
		check: 'clock',
		files: config(endpoint),
		given: {now: () => nowMs - 3_600_000},
		standing: 'warn',
		says: '/home/config.toml was written at',
		fix: 'from the network',
	},
	{
		title: 'a clock ahead of the endpoint is told with by how much',
		check: 'clock',
		given: {endpointClock: {saidMs: nowMs - 600_000, atMs: nowMs}},
		standing: 'warn',
		says: 'The clock is 10m ahead of that of the endpoint.',
	},
	{
		title: 'a clock behind the endpoint is told with by how much',
		check: 'clock',
		given: {endpointClock: {saidMs: nowMs + 7_200_000, atMs: nowMs}},
		standing: 'warn',
		says: 'The clock is 2h00 behind that of the endpoint.',
	},
	{
		title: 'a clock that agrees with the endpoint is fine',
		check: 'clock',
		given: {endpointClock: {saidMs: nowMs - 1500, atMs: nowMs}},
		standing: 'ok',
		says: 'agrees',
	},
	{
		title: 'the zone of the machine is told with its time',
		check: 'zone',
		standing: 'ok',
		says: 'Days are counted in Europe/Berlin from 00:00; it is 13:00 there.',
	},
	{
		title: 'the zone of the config counts before that of the machine',
		check: 'zone',
		files: config(
			`${endpoint}[day]\ntimezone = "Asia/Tokyo"\nstarts_at = "05:00"\n`,
		),
		standing: 'ok',
		says: 'Days are counted in Asia/Tokyo from 05:00; it is 21:00 there.',
	},
	{
		title: 'a zone of the machine that is not known is bad',
		check: 'zone',
		given: {zone: 'Moon/Tycho'},
		standing: 'bad',
		says: 'Moon/Tycho, is not known here',
		fix: 'Set TZ',
	},
];

test.for(cases)(
	'$title',
	async ({check, files, given, standing, says, fix}) => {
		using there = testPlace(files, given);
		const findings = await there.look(check);
		expect(findings).toEqual([
			{
				check,
				standing,
				said: expect.stringContaining(says) as string,
				...(!(standing === 'ok' || standing === 'skipped') && {
					fix: expect.stringContaining(fix ?? '') as string,
				}),
			},
		]);
	},
);

test.for([
	['nfs4 rw', 'nfs4'],
	['cifs rw', 'cifs'],
	['fuse.sshfs rw', 'fuse.sshfs'],
	['9p rw,aname=drvfs;path=C:', 'drvfs'],
	['9p rw,trans=virtio', undefined],
	['ext4 rw', undefined],
] as const)(
	'a log on a disk mounted as %s is a network file system: %s',
	async ([mount, type]) => {
		using there = testPlace();
		const [kind, options] = mount.split(' ', 2);
		const real = fs
			.realpathSync(there.at('home'))
			.replaceAll(' ', String.raw`\040`);
		there.write({
			'proc/self/mounts': `/dev/a / ext4 rw 0 0\nserver:/x ${real} ${kind!} ${options!} 0 0\nserver:/y ${real}-other nfs rw 0 0\n`,
		});
		const findings = await there.look('disk');
		expect(
			findings.flatMap(({standing, said}) => (standing === 'bad' ? said : [])),
		).toEqual(
			type === undefined
				? []
				: [expect.stringContaining(`network file system (${type})`)],
		);
	},
);

test('a disk nearer than the shared one is what counts', async () => {
	using there = testPlace();
	const real = fs.realpathSync(there.folder);
	there.write({
		'proc/self/mounts': `/dev/a / nfs rw 0 0\n/dev/b ${real} ext4 rw 0 0\n`,
	});
	const [finding] = await there.look('disk');
	expect(finding?.standing).toBe('ok');
});

test.skipIf(process.getuid?.() === 0)(
	'a log that may not be written is told with the file',
	async () => {
		using there = testPlace({'home/usage.db': ''});
		fs.chmodSync(there.at('home/usage.db'), 0o400);
		const [finding] = await there.look('log');
		expect(finding).toMatchObject({
			standing: 'bad',
			said: `The usage log cannot be written: ${there.at('home/usage.db')}`,
		});
	},
);

test('what others may write to is told with the command', async () => {
	using there = testPlace({'home/usage.db': ''});
	fs.chmodSync(there.at('home/usage.db'), 0o666);
	fs.chmodSync(there.at('home'), 0o777);
	const findings = await there.look('permissions');
	expect(findings.map(({standing, fix}) => [standing, fix])).toEqual([
		['bad', `Run: chmod go-w ${there.at('home')}`],
		['bad', `Run: chmod go-w ${there.at('home/usage.db')}`],
	]);
});

test('a config that others can write to is told by the config', async () => {
	using there = testPlace({'home/config.toml': ''});
	fs.chmodSync(there.at('home/config.toml'), 0o666);
	const [finding] = await there.look('config');
	expect(finding).toMatchObject({
		standing: 'bad',
		said: expect.stringContaining('others can write to it') as string,
		fix: `Run: chmod go-w ${there.at('home/config.toml')}`,
	});
});
