import {UserError} from '../../user-error.js';
import type {PassthroughSupervisor} from '../supervise/supervisor.js';

/**
The URL of the supervisor's passthrough, once it serves. Rejects with the reason where it ends before.
*/
export async function whenServing(
	supervisor: PassthroughSupervisor,
): Promise<string> {
	const {promise, resolve, reject} = Promise.withResolvers<string>();
	const look = () => {
		const state = supervisor.current();
		if (supervisor.running) {
			resolve(supervisor.running.holder.url);
		} else if (state.kind === 'down') {
			reject(
				new UserError(
					'The passthrough of the demo does not serve.',
					state.reason,
				),
			);
		}
	};

	const unsubscribe = supervisor.subscribe(look);
	look();
	try {
		return await promise;
	} finally {
		unsubscribe();
	}
}
