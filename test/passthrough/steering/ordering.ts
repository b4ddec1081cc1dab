import {expect, vi} from 'vitest';
import type {OrderKind} from '../../../source/control/decisions.js';
import {openControl} from '../../../source/control/wish.js';
import type {Exchange} from '../../../source/exchange/exchange.js';
import type {Running} from '../../helpers/passthrough.js';

/**
Orders something of a request, as a monitor does. Answers whether it was under way.
*/
export function order(
	{log, passthrough}: Pick<Running, 'log' | 'passthrough'>,
	exchange: number,
	kind: OrderKind,
): boolean {
	using control = openControl(log);
	const by = {setBy: 'monitor', setAt: Date.now(), reason: null} as const;
	return control.decide(passthrough.identity().home, exchange, {kind}, by);
}

/**
The only request that is under way, once it is as `like` says.
*/
export async function underWay(
	{rows}: Pick<Running, 'rows'>,
	like: Partial<Exchange> = {},
): Promise<Exchange> {
	return vi.waitFor(() => {
		const open = rows().filter(({outcome}) => outcome === 'open');
		expect(open).toMatchObject([like]);
		return open[0]!;
	});
}

/**
Settles once an answer is handed on.
*/
export async function streaming({
	reader,
}: Pick<Running, 'reader'>): Promise<void> {
	await vi.waitFor(() => {
		expect(reader.live()).toMatchObject([{state: 'streaming'}]);
	});
}

/**
How many orders and answers stand in the log and are not followed yet.
*/
export const unfollowed = ({connect}: Pick<Running, 'connect'>): number =>
	connect()
		.prepare<[], number>('SELECT count(*) FROM decisions')
		.pluck()
		.get()!;
