// The monitor over plain data, as a program of its own: for tests in a terminal, and for pictures.
import process from 'node:process';
import {runMonitor} from '../../source/monitor/run-monitor.js';
import {
	liveRow,
	sampleIdentity,
	sampleNowMs,
	sampleRow,
} from './sample-rows.js';
import {
	sampleAttempts,
	sampleExchanges,
	sampleLive,
	sampleTotals,
} from './sample-model.js';
import {standInLog, standInWorld} from './stand-in-world.js';

const wants = new Set(process.argv.slice(2));
const frozen = wants.has('--frozen');
const startedMs = Date.now();
const now = () => sampleNowMs + (frozen ? 0 : Date.now() - startedMs);

const log = standInLog(
	wants.has('--quiet')
		? {}
		: {
				exchanges: [...sampleExchanges()],
				attempts: [...sampleAttempts()],
				live: [...sampleLive],
				totals: [...sampleTotals],
			},
);
const rows = [sampleRow({pid: process.pid})];
const world = standInWorld(log, {
	clock: {now},
	identity: sampleIdentity(
		wants.has('--full-disk')
			? {
					recording: false,
					notRecordingSince: sampleNowMs - 240_000,
					notRecordingReason: 'the disk is full',
				}
			: {},
	),
	rows,
});
if (wants.has('--down')) {
	world.set({
		kind: 'down',
		reason: 'it ended with exit code 1: Port 4141 is taken.',
		retryAtMs: sampleNowMs + 3000,
	});
}

if (!frozen) {
	setInterval(() => {
		rows[0] = sampleRow({pid: process.pid, heartbeatAt: now()});
		log.version++;
	}, 500).unref();
}

if (wants.has('--streaming')) {
	setInterval(() => {
		const passed = Date.now() - startedMs;
		log.live = [
			liveRow(348, {
				...sampleLive[0],
				lastByteAt: now(),
				estimatedOutputTokens: 1204 + Math.round(passed / 14),
			}),
			...sampleLive.slice(1),
		];
		log.version++;
	}, 250).unref();
}

if (wants.has('--throw')) {
	setTimeout(() => {
		throw new Error('a bug of ours');
	}, 1500);
}

if (wants.has('--reject')) {
	setTimeout(() => {
		void Promise.reject(new Error('a bug of ours'));
	}, 1500);
}

const end = await runMonitor(world, {
	ascii: wants.has('--ascii'),
	readOnly: wants.has('--read-only'),
	notices: wants.has('--notice')
		? [
				'The usage log was damaged: moved to usage.db.damaged-1, a new one begun.',
			]
		: [],
});
process.stdout.write(`${end.lastLines}left by ${end.reason}\n`);
process.exitCode = end.reason === 'signal' ? 130 : 0;
