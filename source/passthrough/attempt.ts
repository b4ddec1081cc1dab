import type {Buffer} from 'node:buffer';
import {Readable} from 'node:stream';
import {secretsIn} from './headers.js';
import {ClientLeft} from './body.js';
import type {Client} from './client.js';
import type {OpenExchange} from './open-exchange.js';
import {outgoingRequest} from './outgoing.js';
import {priceAnswer} from './price-answer.js';
import {secretsInQuery} from './query-secrets.js';
import {Relay, type Ended} from './relay.js';
import type {Routed} from './stage.js';
import type {World} from './world.js';

/**
Whom a request is carried for, and where.
*/
export type Stand = Readonly<{
	exchange: OpenExchange;
	client: Client;
	world: World;
}>;

export type AttemptOptions = Readonly<{
	/**
	Asks for the usage of an OpenAI stream whose client did not.
	*/
	withUsage: boolean;
	/**
	On a connection that nothing was ever sent on.
	*/
	isFresh: boolean;
	keepsBack(status: number): boolean;
	/**
	The answer may have to go into a stream that has begun with our comments.
	*/
	mayComment: boolean;
	/**
	How long an answer may be kept back, in milliseconds.
	*/
	keepingMs(): number;
	rewrite: ((body: Buffer) => Buffer) | undefined;
	/**
	The answer begins to go to the client.
	*/
	onStart(status: number): void;
}>;

/**
Sends a request to one target once, and hands its answer on unless it is kept back.
*/
export async function attempt(
	routed: Routed,
	{exchange, client, world}: Stand,
	{
		withUsage,
		isFresh,
		keepsBack,
		mayComment,
		keepingMs,
		rewrite,
		onStart,
	}: AttemptOptions,
): Promise<Readonly<{ended: Ended; relay: Relay}>> {
	if (client.left) {
		throw new ClientLeft('The client left before its request was sent.');
	}

	const {usageWasAsked, slab, ...request} = outgoingRequest(routed, {
		world,
		withUsage,
		isPlainWanted: mayComment || rewrite !== undefined,
	});
	const relay = new Relay({
		exchange,
		client,
		recognised: routed.wanted,
		method: routed.method,
		usageWasAsked,
		keepsBack,
		keepingMs,
		rewrite,
		onStart,
		secrets: secretsIn(routed.request.rawHeaders, [
			...routed.endpoint.secrets,
			...secretsInQuery(routed.request.url!),
		]),
		price: (answer, status) => priceAnswer(answer, status, routed),
		now: world.now,
	});
	const sent = routed.endpoint.upstream.send(request, relay, isFresh);
	client.onLeft(() => {
		relay.leave();
		sent.abort();
	});
	if (exchange.bodyHash === undefined && routed.body !== undefined) {
		// The request is on its way: nobody waits for this.
		exchange.bodyHash = world.hashBody(routed.body);
		if (routed.wanted.kind === 'generate' && exchange.attempts === 1) {
			world.watch.asked({
				key: routed.bearer.key,
				session: routed.beginning.session ?? null,
				isSide: routed.beginning.side === true,
				bodyHash: exchange.bodyHash,
			});
		}
	}

	world.warnings.look(routed);
	exchange.recollection?.sent(exchange.bodyHash);
	const ended = await relay.ended;
	if (request.body instanceof Readable) {
		// Nobody takes what may still come of it.
		request.body.destroy();
	}

	if (slab !== undefined && sent.isWritten) {
		world.slabs.give(slab);
	}

	if (
		routed.slab !== undefined &&
		ended.kind === 'answered' &&
		sent.isWritten &&
		exchange.attempts === 1
	) {
		world.slabs.give(routed.slab);
	}

	return {ended, relay};
}
