import process from 'node:process';
import type {Bindings} from '../config/monitor-keys.js';
import {clearScreen, enterAlternateScreen} from './clear-on-entry.js';
import {followLog} from './follow-log.js';
import {frameOf} from './layout/frame.js';
import {forgiveLostTerminal} from './lost-terminal.js';
import {startModel} from './model.js';
import {painted} from './painted.js';
import {createStore, type Store} from './store.js';
import {needsAscii, paletteFor} from './theme.js';
import type {MonitorWorld} from './world.js';

export type MonitorOptions = Readonly<{
	ascii: boolean;
	readOnly: boolean;
	/**
	What is held ends with the monitor: leaving it does not tell of that first.
	*/
	isLeavingTold?: boolean;
	/**
	Said in a line of their own until esc is pressed.
	*/
	notices: readonly string[];
	/**
	The keys as the config binds them; the usual ones without.
	*/
	bindings?: Bindings;
	/**
	As it was named on the command line; undefined where it was not.
	*/
	home?: string | undefined;
	stdout?: NodeJS.WriteStream;
	stdin?: NodeJS.ReadStream;
}>;

/**
A monitor that shows its first frame, and cannot do more yet.
*/
export type Begun = Readonly<{
	store: Store;
	stopFollowing: () => void;
	/**
	Ink has the screen now, and gives it back whatever happens.
	*/
	handOver: () => void;
}>;

/**
Begins to follow the log and draws what it knows, before Ink is loaded: that takes longer than all this. The
terminal gets its screen back when the process ends, until `handOver` is called. Wants a stdout that is a
terminal.
*/
export function beginMonitor(
	world: MonitorWorld,
	{stdout = process.stdout, stdin = process.stdin, ...options}: MonitorOptions,
): Begun {
	forgiveLostTerminal(stdin);
	// Before anything is shown: what is typed meanwhile is read later, and not echoed onto the screen.
	stdin.setRawMode?.(true);
	const store = createStore(
		startModel({
			...options,
			nowMs: world.now(),
			columns: stdout.columns || 80,
			rows: stdout.rows || 24,
			ascii: options.ascii || needsAscii(process.env),
		}),
	);
	const stopFollowing = followLog(world, store);
	// The first frame shows what is known already.
	store.send({kind: 'tick', nowMs: world.now()});
	const giveBack = () => {
		stdout.write(leaveScreen);
	};

	const leave = (signal: NodeJS.Signals) => {
		giveBack();
		handOver();
		// Nobody else listens for it yet.
		process.kill(process.pid, signal);
	};

	const handOver = () => {
		process.off('exit', giveBack);
		for (const signal of signals) {
			process.off(signal, leave);
		}
	};

	process.on('exit', giveBack);
	for (const signal of signals) {
		process.on(signal, leave);
	}

	stdout.write(
		enterAlternateScreen +
			hideCursor +
			clearScreen +
			painted(frameOf(store.model()), paletteFor(process.env)),
	);
	return {store, stopFollowing, handOver};
}

const signals = ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT'] as const;
const hideCursor = '\u{1B}[?25l';
const leaveScreen = '\u{1B}[?1049l\u{1B}[?25h';
