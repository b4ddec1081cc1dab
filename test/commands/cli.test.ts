import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {expect, test} from 'vitest';
import {program, run, testHome} from '../helpers/program.js';

test.each([
	[
		['stauts'],
		'There is no command "stauts".',
		'Did you mean: tollgate status',
	],
	[
		['brew-coffee'],
		'There is no command "brew-coffee".',
		'; none of them shows the monitor. Try: tollgate --help',
	],
	[
		['status', '--jsn'],
		'There is no option --jsn here.',
		'Did you mean --json? Try: tollgate status --help',
	],
	[['stop', '-x'], 'There is no option -x here.', 'Try: tollgate stop --help'],
	[
		['--colums', '80'],
		'There is no option --colums here.',
		'Did you mean --columns? Try: tollgate --help',
	],
	[
		['--columns', '80', 'stop'],
		'There is no option --columns here.',
		'Try: tollgate stop --help',
	],
	[
		['stop', 'it', 'now'],
		'"it" is one word too many.',
		'Try: tollgate stop --help',
	],
	[['serve', '--port'], '--port wants a value.', 'Try: tollgate serve --help'],
	[
		['serve', '--port', 'http'],
		'--port takes a whole number from 0 to 65535.',
		'Write --port 100.',
	],
	[
		['serve', '--port', '1', '--port', '2'],
		'The flag --port can only be set once.',
		'Try: tollgate serve --help',
	],
	[['stop', '--home'], '--home names no folder.', 'Write --home DIR.'],
	[
		['log'],
		'This does not say what to do with the usage log.',
		'tollgate log export --json',
	],
	[
		['log', 'exprot'],
		'There is nothing called "log exprot".',
		'Did you mean "export"? Write: tollgate log ',
	],
	[
		['log', 'export'],
		'JSON is the one form the log can be exported in, and it wants to be named.',
		'Write: tollgate log export --json',
	],
	[
		['log', 'export', '--json', '--since', '-1'],
		'--since takes a whole number from 0 to 9007199254740991.',
		'Write --since 100.',
	],
	[
		['summary', '--month=2026-10'],
		'--month takes no value.',
		'Of another month write one of its days: --month --date 2026-10-01',
	],
	[
		['summary', '--week=5'],
		'--week takes no value.',
		'Of another week write one of its days: --week --date 2026-10-01',
	],
	[
		['--json=no', 'status'],
		'--json takes no value.',
		'Write --json alone, or leave it out.',
	],
	[
		['--readOnly=true', '--once'],
		'--read-only takes no value.',
		'Write --read-only alone, or leave it out.',
	],
	[
		['log', 'check', '--help='],
		'--help takes no value.',
		'Write --help alone, or leave it out.',
	],
])(
	'%j is wrong usage: two lines say what is so and what to do',
	async (args, message, hint) => {
		using home = testHome();
		const {code, stdout, stderr} = await run(args, {home: home.folder});
		const lines = stderr.split('\n');
		expect({code, stdout, message: lines[0], more: lines.slice(2)}).toEqual({
			code: 2,
			stdout: '',
			message,
			more: [''],
		});
		expect(lines[1]).toContain(hint);
	},
);

test.each([
	[['--help'], 'Tollgate sits between'],
	[['-h'], 'Tollgate sits between'],
	[['serve', '--help'], 'Runs the passthrough in the foreground.'],
	[['--help', 'stop'], 'Stops the passthrough'],
	[['status', '-h'], 'Says what runs,'],
	[['alias', '--help'], 'Shows the aliases and which one is active,'],
	[['pause', '--help'], 'Makes new requests wait'],
	[['resume', '--help'], 'Lets requests go on'],
	[['summary', '--help'], 'Says what a day cost,'],
	[['log', 'export', '--help'], 'Works on the usage log.'],
	[['demo', '--help'], 'Shows the monitor over'],
	[['--version'], '0.1.0\n'],
	[['status', '--version'], '0.1.0\n'],
])('%j tells and leaves', async (args, beginning) => {
	const said = await run(args, {home: '/nowhere'});
	expect(said).toMatchObject({code: 0, stderr: ''});
	expect(said.stdout.startsWith(beginning)).toBe(true);
	expect(said.stdout).not.toContain('\u{1B}');
});

test.each([
	['before the command', (folder: string) => ['--home', folder, 'status']],
	['after the command', (folder: string) => ['status', '--home', folder]],
	['with an equals sign', (folder: string) => [`--home=${folder}`, 'status']],
	[
		'after other flags',
		(folder: string) => ['--json', '--home', folder, 'status'],
	],
])('the home may be named %s', async (_where, args) => {
	using home = testHome('[endpoints.mine]\nurl = "http://127.0.0.1:9"\n');
	using other = testHome('[broken');
	const {code, stdout} = await run(args(home.folder), {home: other.folder});
	expect(code).toBe(0);
	expect(stdout).toMatch(/"mine"|No passthrough runs/v);
});

// Stands in for what nobody foresaw.
const surprise = encodeURIComponent(
	"import fs from 'node:fs'; fs.existsSync = () => { throw new TypeError('unforeseen'); };",
);

test('a bug of ours is one sentence, and its trace is kept for the user alone', async () => {
	using home = testHome();
	const {code, stdout, stderr} = await run(['stop'], {
		home: home.folder,
		env: {NODE_OPTIONS: `--import=data:text/javascript,${surprise}`},
	});
	expect({code, stdout}).toEqual({code: 1, stdout: ''});
	expect(stderr).toBe(
		`Tollgate met a bug of its own (unforeseen); ${home.file('crash.log')} tells more.\n`,
	);
	const kept = fs.readFileSync(home.file('crash.log'), 'utf8');
	expect(kept).toMatch(/^\d{4}-\d\d-\d\dT[\d.:]+Z TypeError: unforeseen\n/v);
	expect(kept).toContain('\n    at ');
	expect(fs.statSync(home.file('crash.log')).mode % 0o1000).toBe(0o600);
});

test('whoever stops reading does no harm', () => {
	using home = testHome();
	const {stdout, stderr} = spawnSync(
		'sh',
		[
			'-c',
			'"$1" "$2" --help | true; echo done',
			'sh',
			process.execPath,
			program,
		],
		{encoding: 'utf8', env: {...process.env, TOLLGATE_HOME: home.folder}},
	);
	expect({stdout, stderr}).toEqual({stdout: 'done\n', stderr: ''});
	expect(fs.readdirSync(home.folder)).toEqual([]);
});

test.skipIf(process.platform !== 'linux')(
	'what cannot be written is said (by way of /dev/full, which Linux has)',
	() => {
		using home = testHome();
		const {status, stderr} = spawnSync(
			'sh',
			['-c', '"$1" "$2" status > /dev/full', 'sh', process.execPath, program],
			{encoding: 'utf8', env: {...process.env, TOLLGATE_HOME: home.folder}},
		);
		expect(status).toBe(1);
		expect(stderr).toMatch(
			/^The output could not be written: ENOSPC.+\nLook whether there is room where it goes\.\n$/v,
		);
	},
);

const old = oldNode();
test.skipIf(old === undefined)(
	`a Node that is too old is told so in one sentence${old === undefined ? ' (there is no Node older than 22.19 here)' : ''}`,
	async () => {
		using home = testHome();
		const {code, stdout, stderr} = await run(['serve'], {
			node: old!.file,
			home: home.folder,
		});
		expect({code, stdout, stderr}).toEqual({
			code: 2,
			stdout: '',
			stderr: `Tollgate needs Node.js 22.19 or newer; this is ${old!.version}. Install a newer one and start Tollgate again.\n`,
		});
		expect(fs.readdirSync(home.folder)).toEqual([]);
	},
);

function oldNode(): {file: string; version: string} | undefined {
	const folders = [
		...(process.env['PATH'] ?? '').split(path.delimiter),
		'/usr/bin',
		'/usr/local/bin',
	];
	for (const folder of folders) {
		const file = path.join(folder, 'node');
		const {stdout} = spawnSync(file, ['--version'], {encoding: 'utf8'});
		const {major, minor} =
			/^v(?<major>\d+)\.(?<minor>\d+)/v.exec(stdout ?? '')?.groups ?? {};
		if (Number(major) < 22 || (Number(major) === 22 && Number(minor) < 19)) {
			return {file, version: stdout.trim()};
		}
	}

	return undefined;
}
