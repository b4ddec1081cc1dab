import type {Exchange, HoldReason} from '../../exchange/exchange.js';
import {identityOf} from '../connection.js';
import {keyName} from '../key-name.js';
import type {Model} from '../model.js';
import {heldFor, ordered, pendingOrder} from '../orders.js';
import {cancelAsked} from '../question.js';
import {isOpen} from '../row-state.js';
import {whyNotSteer} from '../switching.js';
import type {KeyEntry} from './entry.js';

/**
What is done to the selected request alone.
*/
export const actKeys: readonly KeyEntry[] = [
	{
		name: 'resume_one',
		shown: 'r',
		says: 'let only this request go on',
		hint: (model) =>
			whyNotResume(model) === undefined ? 'resume this' : undefined,
		missing: whyNotResume,
		means: (model) => ordered(model, model.selected!, 'resume'),
		steers: true,
	},
	{
		name: 'cancel',
		shown: 'x',
		says: 'cancel this request',
		hint: (model) => (whyNotCancel(model) === undefined ? 'cancel' : undefined),
		missing: whyNotCancel,
		means: (model) => cancelAsked(model, selectedOf(model)!),
		steers: true,
	},
];

const selectedOf = ({exchanges, selected}: Model): Exchange | undefined =>
	selected === undefined ? undefined : exchanges.get(selected);

/**
Why nothing can be done to the selected request; undefined where something can.
*/
function whyNotAct(model: Model): string | undefined {
	const why = whyNotSteer(model);
	if (why !== undefined) {
		return why;
	}

	// Nobody should end what is hidden by something else.
	if (model.overlay !== 'none' && model.overlay !== 'detail') {
		return `Go back to the list first: ${keyName(model, 'back')}.`;
	}

	const exchange = selectedOf(model);
	if (exchange === undefined) {
		return model.exchanges.size === 0
			? 'There is no request yet.'
			: 'Select a request first.';
	}

	if (!isOpen(exchange)) {
		return `Request ${exchange.id} has ended.`;
	}

	return isOurs(model, exchange)
		? undefined
		: `Another passthrough on this log carries request ${exchange.id}.`;
}

/**
Under way at the passthrough that hears of what is asked here: several may write to one log, each for its home.
*/
const isOurs = (model: Model, {owner}: Exchange): boolean => {
	const identity = identityOf(model);
	return (
		identity === undefined || owner === null || owner === identity.instance
	);
};

function whyNotCancel(model: Model): string | undefined {
	return (
		whyNotAct(model) ??
		(pendingOrder(model, model.selected!) === 'cancel'
			? 'It is being cancelled.'
			: undefined)
	);
}

function whyNotResume(model: Model): string | undefined {
	const why = whyNotAct(model);
	if (why !== undefined) {
		return why;
	}

	const id = model.selected!;
	const pending = pendingOrder(model, id);
	if (pending !== undefined) {
		return pending === 'cancel' ? 'It is being cancelled.' : 'It goes on.';
	}

	const reason = heldFor(model, id);
	return reason === undefined
		? `Request ${id} is not held.`
		: whyHeld[reason]?.(model);
}

/**
What holds a request that no single one can be let past.
*/
const whyHeld: Readonly<Partial<Record<HoldReason, (model: Model) => string>>> =
	{
		queue: () => 'It waits for a free place.',
		backoff: () => 'It failed, and its next try waits a little.',
		reserved: () => 'It waits for what others have reserved.',
		cap: (model) =>
			`It waits at its cap: ${keyName(model, 'raise')} raises that.`,
	};
