import {LogFollower} from './log-follower.js';
import type {Store} from './store.js';
import type {MonitorWorld} from './world.js';

const pollMs = 250;
const pollsEachSecond = 1000 / pollMs;

/**
Follows the log and the supervisor until the returned function is called.
*/
export function followLog(world: MonitorWorld, store: Store): () => void {
	const follower = new LogFollower(world, store);
	let instance: string | undefined;
	const hear = () => {
		const state = world.supervisor.current();
		store.sendSoon({kind: 'supervisor', state, nowMs: world.now()});
		const before = instance;
		instance = 'identity' in state ? state.identity.instance : before;
		// A new one has written its first row before it answered: no second need pass until it is shown.
		if (instance !== before) {
			follower.second();
		}
	};

	follower.second();
	hear();
	const unsubscribe = world.supervisor.subscribe(hear);
	const lookAway = store.subscribe(() => {
		follower.look();
	});
	let polls = 0;
	// One clock for both: every time a process is woken costs.
	const polling = setInterval(() => {
		follower.poll();
		polls++;
		if (polls % pollsEachSecond === 0) {
			follower.second();
		}
	}, pollMs);
	return () => {
		unsubscribe();
		lookAway();
		clearInterval(polling);
		follower.close();
	};
}
