import process from 'node:process';
import {setTimeout as delay} from 'node:timers/promises';
import {render} from 'ink';
import {beginMonitor, type MonitorOptions} from './begin.js';
import {clearOnEntry, clearScreen} from './clear-on-entry.js';
import {App} from './components/app.js';
import {copyOut} from './copy.js';
import {lastLines} from './last-lines.js';
import {loadArithmetic} from './load-arithmetic.js';
import {sendWishes} from './send-wishes.js';
import {decided} from './steering-of.js';
import type {Store} from './store.js';
import {keepTitle} from './terminal-title.js';
import {paletteFor} from './theme.js';
import {announcePresence} from './presence.js';
import type {MonitorWorld} from './world.js';

export type MonitorEnd = Readonly<{
	reason: 'quit' | 'quit-and-stop' | 'signal';
	/**
	For the normal screen, with a line break at the end.
	*/
	lastLines: string;
}>;

/**
Shows the monitor until the user leaves it or a signal ends it. The terminal is as it was when this
settles. Wants a stdout that is a terminal.
*/
export async function runMonitor(
	world: MonitorWorld,
	options: MonitorOptions,
	begun = beginMonitor(world, options),
): Promise<MonitorEnd> {
	const {stdout = process.stdout, stdin = process.stdin} = options;
	const {store, stopFollowing, handOver} = begun;
	const stopSending = sendWishes(
		store,
		options.readOnly ? onlyLooking(world) : world,
	);
	const clear = () => {
		app.clear();
		stdout.write(clearScreen);
	};

	const effects = {
		redraw() {
			clear();
			app.rerender(tree());
		},
		async suspended() {
			title.suspend();
			await suspended();
			title.resume();
		},
	};
	const tree = () => (
		<App store={store} palette={paletteFor(process.env)} effects={effects} />
	);
	const forgetEntry = clearOnEntry(stdout);
	const title = keepTitle(store, stdout, process.env);
	const app = render(tree(), {
		stdout,
		stdin,
		alternateScreen: true,
		incrementalRendering: true,
		maxFps: 10,
		exitOnCtrlC: false,
		// Some shells hand CI=true on to everything below them; only the terminal decides.
		interactive: true,
	});
	handOver();
	const leave = announcePresence(world, !options.readOnly && stdin.isTTY);
	drawUrgent(store, app);
	ringBell(store, stdout);
	copyOut(store, stdout);
	loadArithmetic(store);
	// Before Ink's own: a terminal moves lines about when it is resized, and Ink counts on where they were.
	stdout.prependListener('resize', clear);
	const restore = () => {
		title.close();
		app.unmount();
	};

	// Before anybody tells of a bug of ours: what is written onto this screen goes with it.
	process.on('uncaughtExceptionMonitor', restore);
	const signalled = signalsTo(stdout);
	try {
		const reason = await Promise.race([
			whenLeft(store, world),
			signalled.promise,
			whenCrashed(app),
		]);
		return {reason, lastLines: lastLines(store.model(), options.home)};
	} finally {
		process.off('uncaughtExceptionMonitor', restore);
		stdout.off('resize', clear);
		stopFollowing();
		stopSending();
		leave();
		title.close();
		store.close();
		app.unmount();
		await app.waitUntilExit().catch(() => {
			// It was thrown by the race above already.
		});
		forgetEntry();
		signalled.stop();
	}
}

/**
What was asked for, and what was decided, does not wait for Ink's next frame.
*/
function drawUrgent(store: Store, app: ReturnType<typeof render>): void {
	const urgent = () => {
		const model = store.drawn();
		return decided(model) + JSON.stringify([model.asked, model.answers]);
	};

	let drawn = urgent();
	const draw = async () =>
		app.waitUntilRenderFlush().catch(() => {
			// That it crashed is heard of elsewhere.
		});
	store.subscribe(() => {
		const now = urgent();
		if (now === drawn) {
			return;
		}

		drawn = now;
		void draw();
	});
}

const onlyLooking = (world: MonitorWorld): MonitorWorld => ({
	...world,
	wish: undefined,
	changeCap: undefined,
	decide: undefined,
});

/**
Rings where a step to a cap is passed.
*/
function ringBell(store: Store, stdout: NodeJS.WriteStream): void {
	let rung = store.model().capSteps.bells;
	store.subscribe(() => {
		const {bells} = store.model().capSteps;
		if (bells > rung) {
			stdout.write('\u{7}');
		}

		rung = bells;
	});
}

const suspended = async () => {
	process.kill(0, 'SIGTSTP');
	// The signal needs a moment to arrive; this goes on when the shell brings us back.
	await delay(50);
};

const whenLeft = async (
	store: Store,
	{supervisor}: MonitorWorld,
): Promise<'quit' | 'quit-and-stop'> =>
	new Promise((resolve) => {
		let stopping = false;
		const stop = async () => {
			stopping = true;
			try {
				await supervisor.stopPassthrough();
				resolve('quit-and-stop');
			} catch (error) {
				stopping = false;
				const reason = error instanceof Error ? error.message : String(error);
				store.send({kind: 'stopFailed', reason});
			}
		};

		store.subscribe(() => {
			const {leaving} = store.model();
			if (leaving === 'quit') {
				resolve('quit');
			}

			if (leaving === 'quit-and-stop' && !stopping) {
				void stop();
			}
		});
	});

const signals = ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT'] as const;

/**
Settles with a signal, and when the terminal is gone and nothing can be written to it.
*/
const signalsTo = (stdout: NodeJS.WriteStream) => {
	const {promise, resolve} = Promise.withResolvers<'signal'>();
	const leave = () => {
		resolve('signal');
	};

	for (const signal of signals) {
		process.on(signal, leave);
	}

	stdout.on('error', leave);
	return {
		promise,
		stop() {
			for (const signal of signals) {
				process.off(signal, leave);
			}

			stdout.off('error', leave);
		},
	};
};

const whenCrashed = async (app: ReturnType<typeof render>): Promise<never> => {
	await app.waitUntilExit();
	throw new Error('The screen was closed from outside.');
};
