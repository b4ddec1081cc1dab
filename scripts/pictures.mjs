// Takes the pictures of README.md and docs/: the real monitor in a real pseudo-terminal, before the endpoint and
// the agents of the demo, or over the log of a made-up day. Run it with: npm run pictures [NAME...]
import {execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';

/**
Columns, rows, and what is pressed once it has run for a while; `day` is over the log of a day.
*/
const pictures = {
	monitor: {columns: 100, rows: 32},
	column: {columns: 40, rows: 24},
	strip: {columns: 100, rows: 8},
	wide: {columns: 200, rows: 50, keys: 'jj'},
	detail: {columns: 72, rows: 34, keys: String.raw`j\r`},
	picker: {columns: 80, rows: 18, keys: 'a'},
	paused: {columns: 60, rows: 20, keys: 'p'},
	day: {columns: 100, rows: 24, keys: 'd', over: 'day'},
	sessions: {columns: 80, rows: 18, keys: 'o', over: 'day'},
	errors: {columns: 80, rows: 20, keys: 'e'},
	light: {columns: 80, rows: 24, light: true},
};
const demoMs = 75_000;
const dayMs = 4000;
const sideBySide = 3;

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const program = here('../dist/bin.js');
const wanted = process.argv.slice(2);
const waiting = Object.keys(pictures).filter(
	(name) => wanted.length === 0 || wanted.includes(name),
);

async function take(name, {columns, rows, keys = '', light, over}) {
	const home = fs.mkdtempSync(path.join(os.tmpdir(), 'tollgate-picture-'));
	const env = {...process.env, TZ: 'UTC'};
	const isDay = over === 'day';
	if (isDay) {
		env.TOLLGATE_HOME = home;
		fs.writeFileSync(
			path.join(home, 'config.toml'),
			'[server]\nport = 0\n[endpoints.gateway]\nurl = "http://127.0.0.1:9"\nkey = "agent"\n[keys.default]\ndaily_cap = 40\n',
			{mode: 0o600},
		);
		execFileSync(
			process.execPath,
			[here('day-log.mjs'), path.join(home, 'usage.db')],
			{env},
		);
	}

	const camera = spawn(
		process.execPath,
		[
			here('screenshot.mjs'),
			here(`../docs/pictures/${name}.svg`),
			...['--columns', columns, '--rows', rows].map(String),
			'--wait',
			String(isDay ? dayMs : demoMs),
			'--keys',
			keys,
			...(light ? ['--light'] : []),
			'--',
			process.execPath,
			program,
			...(isDay ? [] : ['demo']),
		],
		{env, stdio: 'inherit'},
	);
	const [code] = await once(camera, 'exit');
	if (isDay) {
		execFileSync(process.execPath, [program, 'stop'], {env});
	}

	fs.rmSync(home, {recursive: true, force: true});
	if (code !== 0) {
		throw new Error(`${name}: the camera left with ${code}`);
	}

	process.stdout.write(`${name}.svg\n`);
}

await Promise.all(
	Array.from({length: sideBySide}, async () => {
		for (let name = waiting.shift(); name; name = waiting.shift()) {
			await take(name, pictures[name]);
		}
	}),
);
