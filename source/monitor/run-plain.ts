import process from 'node:process';
import {followLog} from './follow-log.js';
import {lastLines} from './last-lines.js';
import {startModel} from './model.js';
import {plainLines} from './plain.js';
import {announcePresence} from './presence.js';
import {createStore} from './store.js';
import type {MonitorWorld} from './world.js';

export type PlainEnd = Readonly<{
	/**
	`closed`: nobody reads what is written any more.
	*/
	reason: 'signal' | 'closed';
	/**
	With a line break at the end.
	*/
	lastLines: string;
}>;

/**
Writes a line for each event until a signal comes, or until nobody reads them. Reads no keys, and wants no
terminal.
*/
export async function runPlain(
	world: MonitorWorld,
	{
		ascii,
		home,
		stdout,
	}: Readonly<{
		ascii: boolean;
		home?: string | undefined;
		stdout: NodeJS.WritableStream;
	}>,
): Promise<PlainEnd> {
	const store = createStore(
		startModel({
			nowMs: world.now(),
			columns: 80,
			rows: 24,
			ascii,
			readOnly: true,
			notices: [],
		}),
	);
	let told = store.drawn();
	const unsubscribe = store.subscribe(() => {
		const now = store.drawn();
		for (const line of plainLines(told, now)) {
			stdout.write(`${line}\n`);
		}

		told = now;
	});
	const ended = endOf(stdout);
	const stopFollowing = followLog(world, store);
	// Nobody can answer here what to do at a cap.
	const leave = announcePresence(world, false);
	try {
		const reason = await ended.promise;
		return {reason, lastLines: lastLines(store.model(), home)};
	} finally {
		stopFollowing();
		unsubscribe();
		leave();
		store.close();
		ended.stop();
	}
}

const signals = ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT'] as const;

function endOf(stdout: NodeJS.WritableStream): Readonly<{
	promise: Promise<PlainEnd['reason']>;
	stop(): void;
}> {
	const {promise, resolve} = Promise.withResolvers<PlainEnd['reason']>();
	const onSignal = () => {
		resolve('signal');
	};

	for (const signal of signals) {
		process.on(signal, onSignal);
	}

	// Stays: what is written last may fail as well.
	stdout.on('error', () => {
		resolve('closed');
	});
	return {
		promise,
		stop() {
			for (const signal of signals) {
				process.off(signal, onSignal);
			}
		},
	};
}
