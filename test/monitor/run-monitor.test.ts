// eslint-disable-next-line n/prefer-global/console -- The runner's own one has no constructor.
import nodeConsole from 'node:console';
import process from 'node:process';
import {PassThrough} from 'node:stream';
import {setImmediate as turn} from 'node:timers/promises';
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {runMonitor} from '../../source/monitor/run-monitor.js';
import {sampleIdentity, sampleNowMs, sampleRow} from './sample-rows.js';
import {sampleSteering, steeredConfig} from './sample-steering.js';
import {standInLog, standInWorld} from './stand-in-world.js';

beforeEach(() => {
	// Ink makes one of its own for what is printed meanwhile.
	vi.stubGlobal('console', nodeConsole);
});

afterEach(() => {
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

/**
The monitor on a terminal that keeps what is done to it, in order.
*/
function startMonitor({
	readOnly = false,
	isTty = true,
}: {readOnly?: boolean; isTty?: boolean} = {}) {
	const done: string[] = [];
	const output = Object.assign(new PassThrough(), {
		isTTY: true,
		columns: 60,
		rows: 20,
	});
	output.on('data', (chunk) => {
		done.push(String(chunk));
	});
	const input = Object.assign(new PassThrough(), {
		isTTY: isTty,
		setRawMode(isRaw: boolean) {
			done.push(isRaw ? '<raw>' : '<cooked>');
		},
		ref: () => undefined,
		unref: () => undefined,
	});
	const stdout = output as unknown as NodeJS.WriteStream;
	const world = standInWorld(standInLog(), {
		clock: {nowMs: sampleNowMs},
		identity: sampleIdentity({config: steeredConfig}),
		rows: [sampleRow({config: steeredConfig, steering: sampleSteering()})],
	});
	const {write} = stdout;
	const left = runMonitor(world, {
		ascii: false,
		readOnly,
		notices: [],
		stdout,
		stdin: input as unknown as NodeJS.ReadStream,
	});
	return {
		written: () => done.join(''),
		press(key: string) {
			input.write(key);
		},
		left,
		monitors: () => [...world.monitors.values()],
		isWriteRestored: () => stdout.write === write,
	};
}

const untilWritten = async (
	{written}: ReturnType<typeof startMonitor>,
	text: string,
) => {
	for (let turns = 0; turns < 1000 && !written().includes(text); turns++) {
		await turn();
	}

	expect(written()).toContain(text);
};

test('the keyboard is taken before the screen is, and the screen is wiped before the first frame', async () => {
	const monitor = startMonitor();
	await untilWritten(monitor, 'LIVE');
	monitor.press('q');
	expect(await monitor.left).toMatchObject({reason: 'quit'});
	const written = monitor.written();
	expect(written).toMatch(/^<raw>/v);
	const [entry, , inkDraws] = written.split('LIVE', 3);
	expect(entry).toContain('\u{1B}[?1049h\u{1B}[?25l\u{1B}[2J\u{1B}[H');
	// The first frame stands there until Ink's own takes its place.
	expect(inkDraws).toBeDefined();
	const [, between = ''] = written.split('LIVE', 2);
	expect(between).toContain('\u{1B}[?2026h\u{1B}[2J\u{1B}[H');
	expect(between.split('\u{1B}[?2026h', 1)[0]).not.toContain('\u{1B}[2J');
	expect(written.lastIndexOf('<cooked>')).toBeGreaterThan(
		written.lastIndexOf('<raw>'),
	);
	expect(monitor.isWriteRestored()).toBe(true);
});

test('what is asked for is drawn without waiting for the next frame', async () => {
	vi.useFakeTimers({toFake: ['setTimeout', 'setInterval', 'Date']});
	const monitor = startMonitor();
	await untilWritten(monitor, 'LIVE');
	monitor.press('p');
	await untilWritten(monitor, 'PAUSING…');
	vi.useRealTimers();
	monitor.press('q');
	await monitor.left;
});

test.each([
	['may decide', {}, true],
	['only looks', {readOnly: true}, false],
	['has no keyboard', {isTty: false}, false],
])(
	'one that %s says so while it is there, and no longer',
	async (_what, given: Parameters<typeof startMonitor>[0], mayDecide) => {
		const monitor = startMonitor(given);
		await untilWritten(monitor, 'LIVE');
		expect(monitor.monitors()).toEqual([{heartbeatAt: sampleNowMs, mayDecide}]);
		if (given?.isTty === false) {
			process.emit('SIGHUP');
		} else {
			monitor.press('q');
		}

		await monitor.left;
		expect(monitor.monitors()).toEqual([]);
	},
);
