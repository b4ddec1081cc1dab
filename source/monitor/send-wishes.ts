import type {WishName} from '../control/steering.js';
import {isBusy} from '../usage-log/trouble.js';
import {patienceMs} from './asked.js';
import type {Model} from './model.js';
import type {Store} from './store.js';
import type {MonitorWorld} from './world.js';

/**
Until a wish is tried again that another writer kept from the log.
*/
const againMs = 60;

/**
Writes what the user asks for, until the returned function is called. Each is drawn as asked for first.
*/
export function sendWishes(store: Store, world: MonitorWorld): () => void {
	const timers = new Set<NodeJS.Timeout>();
	const later = (ms: number, act: () => void): NodeJS.Timeout => {
		const timer = setTimeout(() => {
			timers.delete(timer);
			act();
		}, ms);
		timers.add(timer);
		return timer;
	};

	const firstTried = new WeakMap<object, number>();
	const write = (name: WishName) => {
		const asked = store.model().asked[name]!;
		const nowMs = world.now();
		const sinceMs = firstTried.get(asked) ?? nowMs;
		firstTried.set(asked, sinceMs);
		const came = written(store.model(), name, world);
		if ('isBusy' in came && nowMs - sinceMs < patienceMs) {
			return;
		}

		store.send({kind: 'wished', name, came, nowMs: world.now()});
		// Whether it was confirmed is looked at when it should have been, not with the next second.
		later(patienceMs, () => {
			store.send({kind: 'tick', nowMs: world.now()});
		});
	};

	let due: NodeJS.Timeout | undefined;
	const writeAll = () => {
		due = undefined;
		for (const name of unwritten(store.model())) {
			write(name);
		}

		writeWithin(againMs);
	};

	const writeWithin = (ms: number) => {
		if (unwritten(store.model()).length > 0) {
			due ??= later(ms, writeAll);
		}
	};

	const unsubscribe = store.subscribe(() => {
		writeWithin(0);
	});
	return () => {
		unsubscribe();
		// Asked for a moment before the monitor was left.
		for (const name of unwritten(store.model())) {
			written(store.model(), name, world);
		}

		for (const timer of timers) {
			clearTimeout(timer);
		}
	};
}

const unwritten = ({asked}: Model): readonly WishName[] =>
	(['pause', 'active'] as const).filter(
		(name) =>
			asked[name] !== undefined &&
			asked[name].change === undefined &&
			asked[name].problem === undefined,
	);

type Came = Readonly<{change: number} | {problem: string; isBusy?: true}>;

function written({asked}: Model, name: WishName, {wish}: MonitorWorld): Came {
	try {
		return wish
			? {change: wish(name, asked[name]!.value)}
			: {problem: 'this monitor only looks'};
	} catch (error) {
		const problem = error instanceof Error ? error.message : String(error);
		return isBusy((error as {cause?: unknown}).cause)
			? {problem, isBusy: true}
			: {problem};
	}
}
