import type {Found} from '../../control/find-passthrough.js';
import type {PassthroughChild} from './spawn-passthrough.js';

/**
A passthrough that has answered under the name it left beside the lock.
*/
export type Running = Extract<Found, {kind: 'serving'}>;

/**
One passthrough, from when it was heard first until it is gone or another has taken its place.
*/
export type Kept = Readonly<{
	kind: 'joined' | 'spawned';
	running: Running;
	/**
	Where we started it.
	*/
	child: PassthroughChild | undefined;
}>;

export const joined = (running: Running): Kept => ({
	kind: 'joined',
	running,
	child: undefined,
});
