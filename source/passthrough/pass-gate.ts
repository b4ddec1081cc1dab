import type {HoldReason} from '../exchange/exchange.js';
import type {HoldOptions} from './patience.js';
import type {OpenExchange} from './open-exchange.js';
import {Refusal} from './refusal.js';
import type {World} from './world.js';

/**
Waits while we are paused, in the `order` of arrival, or until this one is let through; `hold` keeps the
request for one turn at the gate. Throws a Refusal where requests are turned away instead.
*/
export async function passGate(
	{helm, inForce}: Pick<World, 'helm' | 'inForce'>,
	{
		order,
		exchange,
	}: Readonly<{
		order: number;
		exchange: Pick<OpenExchange, 'isLetThrough' | 'onResume'>;
	}>,
	hold: (
		reason: HoldReason,
		turn: Promise<void>,
		options: HoldOptions,
	) => Promise<void>,
): Promise<void> {
	let mustWait = helm.gate.isShut && !exchange.isLetThrough;
	while (mustWait) {
		const {value, ...said} = helm.pause;
		const reason =
			said.setBy === 'strikes' || said.setBy === 'guard'
				? said.setBy
				: 'paused';
		if (
			helm.isPaused &&
			(value.mode === 'refuse' || inForce().config.hold.mode === 'refuse')
		) {
			throw new Refusal(
				reason,
				'Tollgate is paused and turns requests away. "tollgate resume", or p in the monitor, lets them go.',
				{isFinal: true},
			);
		}

		const place = helm.gate.wait(order);
		const {promise: resumed, resolve} = Promise.withResolvers<void>();
		exchange.onResume = resolve;
		try {
			// eslint-disable-next-line no-await-in-loop -- It may be paused again by then.
			await hold(reason, Promise.race([place.turn, resumed]), {
				until: value.until ?? undefined,
			});
		} finally {
			exchange.onResume = undefined;
			place.leave();
		}

		mustWait = helm.isPaused && !exchange.isLetThrough;
	}
}
