// The monitor over plain data, as a program of its own: for tests in a terminal, and for pictures.
import process from 'node:process';
import type {PassthroughRow} from '../../source/control/passthrough-row.js';
import type {Steering, TodaysCaps} from '../../source/control/steering.js';
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
import {
	cappedLive,
	pausedLive,
	sampleSteering,
	steeredAttempts,
	steeredConfig,
	steeredExchanges,
	steeredLive,
	steerings,
} from './sample-steering.js';
import {firstChange, standInLog, standInWorld} from './stand-in-world.js';

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
// `--steering=paused`: a passthrough that steers, and how it does now.
const named = process.argv
	.find((one) => one.startsWith('--steering='))
	?.slice('--steering='.length) as keyof typeof steerings | undefined;
if (named) {
	log.exchanges = [...steeredExchanges];
	log.attempts = [...steeredAttempts];
	log.live = [
		...(named === 'paused' || named === 'strikes'
			? pausedLive(named)
			: named === 'reached'
				? cappedLive
				: steeredLive),
	];
}

let applied: Partial<Steering> = {};
const steeringNow = (): Steering => ({
	...sampleSteering(named && steerings[named]),
	...applied,
});

const sample = (): PassthroughRow =>
	sampleRow({
		pid: process.pid,
		heartbeatAt: now(),
		...(named && {
			config: steeredConfig,
			steering: steeringNow(),
		}),
	});
const rows = [sample()];
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
// A passthrough that does as it is told, unless it is deaf.
const doAsTold = () => {
	const wish = world.wishes.at(-1);
	const number = firstChange - 1 + world.wishes.length;
	if (!wish || applied.change === number) {
		return;
	}

	const by = {
		change: number,
		setBy: 'monitor',
		setAt: now(),
		reason: null,
	} as const;
	applied = {
		...applied,
		change: number,
		...(wish.name === 'caps'
			? {keys: cappedAnew(wish.value)}
			: {[wish.name]: {...by, value: wish.value}}),
	};
	rows[0] = sample();
	log.version++;
};

// Past the last step to the cap after a while.
if (wants.has('--spending')) {
	setTimeout(() => {
		applied = {
			keys: steeringNow().keys?.map((key) => ({
				...key,
				spentNanodollars: 16.2e9,
			})),
		};
	}, 1500).unref();
}

const cappedAnew = (caps: TodaysCaps) =>
	steeringNow().keys?.map((key) => {
		const capNanodollars = caps[key.name]?.nanodollars ?? key.capNanodollars;
		const isReached = key.spentNanodollars >= (capNanodollars ?? Infinity);
		return {...key, capNanodollars, isReached};
	}) ?? [];

const letGo = () => {
	const decided = new Set(world.decisions.map(({exchange}) => exchange));
	const held = log.live.filter(({holdReason}) => holdReason === 'cap');
	const isRaised = steeringNow().keys?.every((key) => !key.isReached);
	const leaving = isRaised ? held : held.filter(({id}) => decided.has(id));
	if (leaving.length === 0) {
		return;
	}

	log.live = log.live.filter((row) => !leaving.includes(row));
	log.version++;
};

if (!wants.has('--deaf')) {
	setInterval(() => {
		doAsTold();
		letGo();
	}, 50).unref();
}

if (wants.has('--down')) {
	world.set({
		kind: 'down',
		reason: 'it ended with exit code 1: Port 4141 is taken.',
		retryAtMs: sampleNowMs + 3000,
	});
}

if (!frozen) {
	setInterval(() => {
		rows[0] = sample();
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
