// The demo as somebody new meets it: `npm run demo` in a real terminal must show streams and leave at `q`.
import process from 'node:process';
import {setTimeout as delay} from 'node:timers/promises';
import pty from '@lydell/node-pty';
import headless from '@xterm/headless';

const columns = 80;
const rows = 24;
const patienceMs = 120_000;

const screen = new headless.Terminal({
	cols: columns,
	rows,
	allowProposedApi: true,
});
const environment = {...process.env};
// A terminal of a person has none of it.
delete environment.CI;
const child = pty.spawn('npm', ['run', '--silent', 'demo'], {
	cols: columns,
	rows,
	name: 'xterm-256color',
	env: environment,
});
child.onData((data) => {
	screen.write(data);
});
const exited = new Promise((resolve) => {
	child.onExit(resolve);
});

const text = () =>
	Array.from(
		{length: rows},
		(_, index) =>
			screen.buffer.active
				.getLine(screen.buffer.active.viewportY + index)
				?.translateToString(true) ?? '',
	).join('\n');

async function waitFor(what, check) {
	const end = Date.now() + patienceMs;
	while (Date.now() < end) {
		if (check(text())) {
			return;
		}

		await delay(50);
	}

	throw new Error(`${what} never came:\n${text()}`);
}

try {
	await waitFor('the monitor', (shown) => shown.includes('LIVE'));
	await waitFor('a model', (shown) => /claude-\w+/v.test(shown));
	const shown = text();
	child.write('q');
	const {exitCode} = await Promise.race([
		exited,
		delay(60_000).then(() => {
			throw new Error(`it did not leave:\n${text()}`);
		}),
	]);
	if (exitCode !== 0) {
		throw new Error(`it left with ${exitCode}:\n${text()}`);
	}

	process.stdout.write(`${shown}\ndemo: shown and left\n`);
} catch (error) {
	process.stderr.write(`demo: ${error.message}\n`);
	child.kill();
	process.exitCode = 1;
}
