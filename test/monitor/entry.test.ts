import {PassThrough} from 'node:stream';
import {expect, test, vi} from 'vitest';
import {runMonitor} from '../../source/monitor/run-monitor.js';
import {sampleIdentity, sampleNowMs, sampleRow} from './sample-rows.js';
import {standInLog, standInWorld} from './stand-in-world.js';

/**
A terminal that keeps what is done to it, in order.
*/
function standInTerminal() {
	const done: string[] = [];
	const stdout = Object.assign(new PassThrough(), {
		isTTY: true,
		columns: 60,
		rows: 20,
	});
	stdout.on('data', (chunk) => {
		done.push(String(chunk));
	});
	const stdin = Object.assign(new PassThrough(), {
		isTTY: true,
		setRawMode(isRaw: boolean) {
			done.push(isRaw ? '<raw>' : '<cooked>');
		},
		ref: () => undefined,
		unref: () => undefined,
	});
	return {
		done,
		stdin,
		options: {
			stdout: stdout as unknown as NodeJS.WriteStream,
			stdin: stdin as unknown as NodeJS.ReadStream,
		},
	};
}

test('the keyboard is taken before the screen is, and the screen is wiped before the first frame', async () => {
	const {done, stdin, options} = standInTerminal();
	const {write} = options.stdout;
	const world = standInWorld(standInLog(), {
		clock: {nowMs: sampleNowMs},
		identity: sampleIdentity(),
		rows: [sampleRow()],
	});
	const left = runMonitor(world, {
		...options,
		ascii: false,
		readOnly: false,
		notices: [],
	});
	await vi.waitUntil(() => done.join('').includes('LIVE'));
	stdin.write('q');
	expect((await left).reason).toBe('quit');
	const written = done.join('');
	expect(written).toMatch(/^<raw>/v);
	expect(written.split('LIVE', 1)[0]).toContain(
		'\u{1B}[?1049h\u{1B}[2J\u{1B}[H',
	);
	expect(written.lastIndexOf('<cooked>')).toBeGreaterThan(
		written.lastIndexOf('<raw>'),
	);
	expect(options.stdout.write).toBe(write);
});
