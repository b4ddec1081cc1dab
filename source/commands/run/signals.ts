import type {ChildProcess} from 'node:child_process';
import process from 'node:process';
import {hasControllingTerminal} from '../controlling-terminal.js';

export type Signals = Disposable &
	Readonly<{
		/**
		The first one that came while there was no child to have it.
		*/
		early(): NodeJS.Signals | undefined;
		/**
		From now on they go on to this child.
		*/
		goTo(child: ChildProcess): void;
	}>;

const handedOn = ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGHUP', 'SIGUSR2'] as const;
/**
What a terminal sends to all processes in its foreground: the child has had it already.
*/
const fromTerminal: ReadonlySet<NodeJS.Signals> = new Set([
	'SIGINT',
	'SIGQUIT',
]);

/**
Keeps signals from ending us before our child has ended, and hands them on to it.
*/
export function handOnSignals(): Signals {
	const hasTerminal = hasControllingTerminal();
	let early: NodeJS.Signals | undefined;
	let child: ChildProcess | undefined;
	const take = (signal: NodeJS.Signals) => {
		if (child === undefined) {
			early ??= signal;
		} else if (!hasTerminal || !fromTerminal.has(signal)) {
			child.kill(signal);
		}
	};

	for (const name of handedOn) {
		process.on(name, take);
	}

	return {
		early: () => early,
		goTo(started) {
			child = started;
		},
		[Symbol.dispose]() {
			for (const name of handedOn) {
				process.off(name, take);
			}
		},
	};
}
