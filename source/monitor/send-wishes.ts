import type {WishName} from '../control/steering.js';
import {patienceMs} from './asked.js';
import type {Model} from './model.js';
import type {Store} from './store.js';
import type {MonitorWorld} from './world.js';

/**
Writes what the user asks for, until the returned function is called.
*/
export function sendWishes(store: Store, world: MonitorWorld): () => void {
	const timers = new Set<NodeJS.Timeout>();
	// Whether it was confirmed is looked at when it should have been, not with the next second.
	const lookLater = () => {
		const timer = setTimeout(() => {
			timers.delete(timer);
			store.send({kind: 'tick', nowMs: world.now()});
		}, patienceMs);
		timers.add(timer);
	};

	const unsubscribe = store.subscribe(() => {
		for (const name of unwritten(store.model())) {
			const came = written(store.model(), name, world);
			store.send({kind: 'wished', name, came, nowMs: world.now()});
			lookLater();
		}
	});
	return () => {
		unsubscribe();
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

function written(
	{asked}: Model,
	name: WishName,
	{wish}: MonitorWorld,
): Readonly<{change: number} | {problem: string}> {
	try {
		return wish
			? {change: wish(name, asked[name]!.value)}
			: {problem: 'this monitor only looks'};
	} catch (error) {
		return {problem: error instanceof Error ? error.message : String(error)};
	}
}
