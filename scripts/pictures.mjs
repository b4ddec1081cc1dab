// Takes the pictures of README.md and docs/: the real monitor in a real pseudo-terminal, before the endpoint and
// the agents of the demo. Run it with: npm run pictures [NAME...]
import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';

/**
Columns, rows, and what is pressed once the demo has run for a while.
*/
const pictures = {
	monitor: [100, 32, ''],
	column: [40, 24, ''],
	strip: [100, 8, ''],
	wide: [200, 50, 'jj'],
	detail: [72, 34, String.raw`j\r`],
	picker: [80, 18, 'a'],
	paused: [60, 20, 'p'],
	day: [80, 30, 'd'],
	sessions: [80, 16, 'o'],
	errors: [80, 24, 'e'],
	light: [80, 24, ''],
};
const runMs = 25_000;

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const folder = here('../docs/pictures');
const wanted = process.argv.slice(2);
for (const [name, [columns, rows, keys]] of Object.entries(pictures)) {
	if (wanted.length > 0 && !wanted.includes(name)) {
		continue;
	}

	const home = fs.mkdtempSync(path.join(os.tmpdir(), 'tollgate-picture-'));
	execFileSync(
		process.execPath,
		[
			here('screenshot.mjs'),
			path.join(folder, `${name}.svg`),
			'--columns',
			String(columns),
			'--rows',
			String(rows),
			'--wait',
			String(runMs),
			'--keys',
			keys,
			...(name === 'light' ? ['--light'] : []),
			'--',
			process.execPath,
			here('../dist/bin.js'),
			'demo',
		],
		{env: {...process.env, TOLLGATE_HOME: home, TZ: 'UTC'}, stdio: 'inherit'},
	);
	fs.rmSync(home, {recursive: true, force: true});
	process.stdout.write(`${name}.svg\n`);
}
