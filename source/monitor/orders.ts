import type {OrderKind} from '../control/decisions.js';
import type {HoldReason} from '../exchange/exchange.js';
import {patienceMs} from './asked.js';
import type {Model} from './model.js';
import {isOpen} from './row-state.js';

/**
What was asked here of one request under way: that it goes on although all are paused, or that it ends.
*/
export type Order = Readonly<{
	exchange: number;
	kind: OrderKind;
	askedAtMs: number;
	isWritten: boolean;
	/**
	Why it could not be written.
	*/
	problem: string | undefined;
}>;

/**
Asks it of one request, in place of what was asked of it before; drawn as asked for at once.
*/
export const ordered = (
	model: Model,
	exchange: number,
	kind: OrderKind,
): Model => ({
	...model,
	orders: [
		...model.orders.filter((order) => order.exchange !== exchange),
		{
			exchange,
			kind,
			askedAtMs: model.nowMs,
			isWritten: false,
			problem: undefined,
		},
	],
});

/**
An order was written, or could not be.
*/
export const orderCame = (
	model: Model,
	{exchange, kind}: Pick<Order, 'exchange' | 'kind'>,
	problem: string | undefined,
): Model => ({
	...model,
	orders: model.orders.map((order) =>
		order.exchange === exchange && order.kind === kind
			? {
					...order,
					askedAtMs: model.nowMs,
					isWritten: problem === undefined,
					problem,
				}
			: order,
	),
});

/**
Forgets orders that have come about.
*/
export function ordersKept(model: Model): Model {
	if (model.orders.length === 0) {
		return model;
	}

	const orders = model.orders.filter((order) => isToCome(model, order));
	return orders.length === model.orders.length ? model : {...model, orders};
}

/**
What was asked of a request and is still to come.
*/
export const pendingOrder = (
	{orders}: Model,
	id: number,
): OrderKind | undefined =>
	orders.find(({exchange, problem}) => exchange === id && problem === undefined)
		?.kind;

/**
Orders that could not be written, or that the passthrough has not followed in time.
*/
export const ordersInVain = (model: Model): readonly Order[] =>
	model.orders.filter(
		({problem, isWritten, askedAtMs}) =>
			problem !== undefined ||
			(isWritten && model.nowMs - askedAtMs >= patienceMs),
	);

/**
Why a request is held now; undefined where it is not.
*/
export function heldFor(model: Model, id: number): HoldReason | undefined {
	const exchange = model.exchanges.get(id);
	const now = model.live.get(id) ?? exchange;
	const isHeld = now?.state === 'held' || now?.state === 'queued';
	return exchange && isOpen(exchange) && isHeld
		? (now.holdReason ?? undefined)
		: undefined;
}

const pauses: ReadonlySet<HoldReason | undefined> = new Set([
	'paused',
	'strikes',
	'guard',
]);

/**
Held until the agent may go on.
*/
const isHeldByPause = (model: Model, id: number): boolean =>
	pauses.has(heldFor(model, id));

const isToCome = (
	model: Model,
	{exchange: id, kind, askedAtMs, isWritten}: Order,
): boolean => {
	const exchange = model.exchanges.get(id);
	if (exchange === undefined || !isOpen(exchange)) {
		return false;
	}

	if (kind === 'cancel') {
		return true;
	}

	// It may have gone on, failed, and be held again.
	const since = model.live.get(id)?.heldSince ?? 0;
	return isHeldByPause(model, id) && !(isWritten && since > askedAtMs);
};
