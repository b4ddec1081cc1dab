import type {Identity, PublishedConfig} from '../control/passthrough-row.js';
import type {Model} from './model.js';

/**
A passthrough that has said nothing for longer is not believed to be live.
*/
const freshMs = 3000;

/**
What can be said of the passthrough now; the first word on the screen.
*/
export type Connection = Readonly<
	| {kind: 'live' | 'draining' | 'starting' | 'stopping' | 'stopped' | 'down'}
	| {kind: 'stale'; silentMs: number}
>;

export function connectionOf(model: Model): Connection {
	const {supervisor} = model;
	if (supervisor.kind === 'down' || supervisor.kind === 'stopped') {
		return {kind: supervisor.kind};
	}

	if (model.stopping) {
		return {kind: 'stopping'};
	}

	if (supervisor.kind === 'starting') {
		return {kind: 'starting'};
	}

	const silentMs = model.nowMs - lastHeardMs(model);
	return silentMs > freshMs
		? {kind: 'stale', silentMs}
		: {kind: stateOf(model, supervisor.identity)};
}

/**
Whether figures of open exchanges may be shown as they stand.
*/
export const isFresh = (model: Model): boolean => {
	const {kind} = connectionOf(model);
	return ['live', 'draining', 'stopping'].includes(kind);
};

/**
Whether a passthrough is there, as far as is known: what one that is gone had learned is forgotten.
*/
export const isThere = (model: Model): boolean => {
	const {kind} = connectionOf(model);
	return kind !== 'starting' && kind !== 'stopped' && kind !== 'down';
};

/**
What the passthrough says of itself, if it was ever heard.
*/
export const identityOf = (model: Model): Identity | undefined =>
	'identity' in model.supervisor ? model.supervisor.identity : undefined;

/**
The config in force, by the row of the passthrough or its port: whichever was heard last.
*/
export const configOf = (model: Model): PublishedConfig | undefined => {
	const identity = identityOf(model);
	const row = model.passthrough;
	return row &&
		(!identity ||
			(row.instance === identity.instance &&
				row.heartbeatAt >= (model.heardAtMs ?? 0)))
		? row.config
		: identity?.config;
};

/**
The instant that the figures are of: now, or when the passthrough was last heard.
*/
export const asOfMs = (model: Model): number =>
	isFresh(model) ? model.nowMs : lastHeardMs(model) || model.nowMs;

// Its row stands still while the log cannot be written; its port answers then all the same.
const lastHeardMs = ({heardAtMs, passthrough}: Model) =>
	Math.max(heardAtMs ?? 0, passthrough?.heartbeatAt ?? 0);

const stateOf = (
	{passthrough}: Model,
	identity: Identity,
): 'live' | 'draining' | 'stopped' => {
	const state =
		passthrough?.instance === identity.instance
			? later(passthrough.state, identity.state)
			: identity.state;
	return state === 'serving' ? 'live' : state;
};

const order = ['serving', 'draining', 'stopped'] as const;

// A passthrough only ever goes forward through these.
const later = (
	one: Identity['state'],
	other: Identity['state'],
): Identity['state'] =>
	order.indexOf(one) > order.indexOf(other) ? one : other;
