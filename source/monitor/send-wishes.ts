import {patienceMs} from './asked.js';
import type {Store} from './store.js';
import {unwritten, written, type Unwritten} from './unwritten.js';
import type {MonitorWorld} from './world.js';

/**
Until a wish is tried again that another writer kept from the log.
*/
const againMs = 60;

/**
Writes what the user asks for and answers, until the returned function is called. Each is drawn as asked
for first.
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

	const firstTried = new Map<string, {asked: string; sinceMs: number}>();
	const write = (one: Unwritten) => {
		const nowMs = world.now();
		const known = firstTried.get(one.name);
		const sinceMs = known?.asked === one.asked ? known.sinceMs : nowMs;
		firstTried.set(one.name, {asked: one.asked, sinceMs});
		const came = written(one, world);
		if ('isBusy' in came && nowMs - sinceMs < patienceMs) {
			return;
		}

		firstTried.delete(one.name);
		store.send(one.told(came, world.now()));
		// Whether it was confirmed is looked at when it should have been, not with the next second.
		later(patienceMs, () => {
			store.send({kind: 'tick', nowMs: world.now()});
		});
	};

	let due: NodeJS.Timeout | undefined;
	const writeAll = () => {
		due = undefined;
		for (const one of unwritten(store.model())) {
			write(one);
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
		for (const one of unwritten(store.model())) {
			written(one, world);
		}

		for (const timer of timers) {
			clearTimeout(timer);
		}
	};
}
