import type {IncomingMessage, ServerResponse} from 'node:http';
import {Readable} from 'node:stream';
import type {AttemptFields} from '../exchange/exchange.js';
import {cleanText} from '../exchange/clean.js';
import {isPossiblyBilled, mayReconnect} from '../policy/reconnect.js';
import {free, unknown} from '../pricing/price-exchange.js';
import {recognise} from '../wire/paths.js';
import {ClientLeft} from './body.js';
import {Client} from './client.js';
import {credentialMark} from './credential-mark.js';
import {attemptFieldsOf} from './end-facts.js';
import {secretsIn} from './headers.js';
import {OpenExchange} from './open-exchange.js';
import {asksForUsage, hasBody, outgoingRequest} from './outgoing.js';
import {priceAnswer} from './price-answer.js';
import {firstFacts, receive} from './receive.js';
import {Recollection} from './recollection.js';
import {Refusal, refusalAnswer} from './refusal.js';
import {Relay, type Ended} from './relay.js';
import {routeRequest} from './route-request.js';
import type {Routed} from './stage.js';
import type {World} from './world.js';

/**
The whole path of one request. Read this function first.
*/
export async function pass(
	request: IncomingMessage,
	response: ServerResponse,
	world: World,
): Promise<void> {
	const client = new Client(response);
	const exchange = new OpenExchange(world.recorder, world.now());
	world.open.add(exchange);
	try {
		if (world.isDraining()) {
			throw new Refusal(
				'draining',
				'Tollgate is about to stop. Try again in a moment.',
			);
		}

		const received = await receive(request, world);
		const routed = await routeRequest(received, world);
		await begin(routed, exchange, world);
		await attempts(routed, {exchange, client, world});
	} catch (error) {
		await turnDown(error, {request, client, exchange, world});
	} finally {
		// Until its last byte has gone, nobody may close the connection.
		client.onClosed(() => {
			world.open.delete(exchange);
		});
		world.garbage.add(exchange.requestBytes + exchange.responseBytes);
	}
}

type Stand = Readonly<{exchange: OpenExchange; client: Client; world: World}>;

/**
Nothing is sent upstream before its row is committed, or cannot be.
*/
async function begin(
	routed: Routed,
	exchange: OpenExchange,
	world: World,
): Promise<void> {
	const {beginning} = routed;
	const {endpoint, sentModel} = sentTo(routed);
	exchange.requestBytes = beginning.requestBytes ?? 0;
	beginning.alias = routed.alias ?? null;
	beginning.endpoint = endpoint;
	beginning.billing = routed.endpoint.config.billing;
	beginning.sentModel = sentModel;
	beginning.attempts = 1;
	beginning.attemptStartedAt = world.now();
	exchange.recollection = new Recollection(world.memory, routed);
	exchange.credential = () => credentialMark(routed, world);
	checkRecorded(await exchange.begin(beginning), world);
}

function checkRecorded(isRecorded: boolean, world: World): void {
	if (!isRecorded && world.config.server.ifNotRecording === 'refuse') {
		throw new Refusal(
			'not_recording',
			`The usage log cannot be written: ${world.recorder.trouble?.reason ?? 'it is busy'}. Free it, or set if_not_recording = "serve" in [server].`,
		);
	}
}

const sentTo = (routed: Routed) => ({
	endpoint: routed.endpoint.config.name,
	sentModel: routed.model ?? routed.beginning.askedModel ?? null,
});

/**
Sends the request, again where nothing of it can have been worked on, until an answer has been handed over.
*/
async function attempts(routed: Routed, stand: Stand): Promise<void> {
	const {world} = stand;
	let isFresh = false;
	let reconnects = 0;
	let withUsage = asksForUsage(routed);
	for (;;) {
		// eslint-disable-next-line no-await-in-loop -- Each attempt follows from how the last one ended.
		const ended = await attempt(routed, {...stand, withUsage, isFresh});
		switch (ended.kind) {
			case 'answered':
			case 'left': {
				return;
			}

			case 'usage-refused': {
				routed.endpoint.refusesUsageOption = true;
				withUsage = false;
				// eslint-disable-next-line no-await-in-loop -- See above.
				await next(routed, stand, {
					...attemptFieldsOf(ended.answer),
					httpStatus: ended.status,
					endedAt: world.now(),
				});
				break;
			}

			case 'failed': {
				if (routed.body === undefined && hasBody(routed.request)) {
					throw failureOf(routed, ended);
				}

				if (!mayReconnect(ended.failure, reconnects)) {
					throw failureOf(routed, ended);
				}

				reconnects++;
				isFresh = true;
				// eslint-disable-next-line no-await-in-loop -- See above.
				await next(routed, stand, failedAttempt(ended, world.now()));
			}
		}
	}
}

async function next(
	routed: Routed,
	{exchange, world}: Stand,
	ended: Readonly<Partial<AttemptFields>>,
): Promise<void> {
	const isRecorded = await exchange.nextAttempt(ended, {
		...sentTo(routed),
		attemptStartedAt: world.now(),
	});
	checkRecorded(isRecorded, world);
}

async function attempt(
	routed: Routed,
	{
		exchange,
		client,
		world,
		withUsage,
		isFresh,
	}: Stand & Readonly<{withUsage: boolean; isFresh: boolean}>,
): Promise<Ended> {
	const {usageWasAsked, ...request} = outgoingRequest(routed, {
		world,
		withUsage,
	});
	const relay = new Relay({
		exchange,
		client,
		recognised: routed.wanted,
		method: routed.method,
		usageWasAsked,
		secrets: secretsIn(routed.request.rawHeaders, routed.endpoint.secrets),
		price: (answer, status) => priceAnswer(answer, status, routed),
		now: world.now,
	});
	if (client.left) {
		relay.leave();
		return relay.ended;
	}

	const sent = routed.endpoint.upstream.send(request, relay, isFresh);
	client.onLeft(() => {
		relay.leave();
		sent.abort();
	});
	if (exchange.bodyHash === undefined && routed.body !== undefined) {
		// The request is on its way: nobody waits for this.
		exchange.bodyHash = world.hashBody(routed.body);
		exchange.recollection?.sent(exchange.bodyHash);
	}

	const ended = await relay.ended;
	if (request.body instanceof Readable) {
		// Nobody takes what may still come of it.
		request.body.destroy();
	}

	if (
		routed.slab !== undefined &&
		ended.kind === 'answered' &&
		sent.isWritten &&
		exchange.attempts === 1
	) {
		world.slabs.give(routed.slab);
	}

	return ended;
}

type Failed = Extract<Ended, {kind: 'failed'}>;

function failedAttempt(
	{failure}: Failed,
	endedAt: number,
): Readonly<Partial<AttemptFields>> {
	return {
		outcome: 'error',
		errorClass: isTimeout(failure.code) ? 'timeout' : 'network',
		errorType: failure.code,
		errorMessage: cleanText(failure.error.message),
		possiblyBilled: isPossiblyBilled(failure),
		endedAt,
	};
}

const timeouts = new Set([
	'UND_ERR_HEADERS_TIMEOUT',
	'UND_ERR_CONNECT_TIMEOUT',
	'ETIMEDOUT',
]);
const isTimeout = (code: string): boolean => timeouts.has(code);

/**
A failure of the connection, as the refusal that the client gets and the row that tells of it.
*/
class EndpointFailure extends Refusal {
	readonly failed: Failed;

	constructor(
		reason: 'timeout' | 'unreachable',
		message: string,
		failed: Failed,
	) {
		super(reason, message, {cause: failed.failure.error});
		this.failed = failed;
	}
}

function failureOf({endpoint}: Routed, failed: Failed): EndpointFailure {
	const {name, url} = endpoint.config;
	const {code, begun} = failed.failure;
	if (code === 'UND_ERR_HEADERS_TIMEOUT') {
		return new EndpointFailure(
			'timeout',
			`The endpoint ${name} (${url.host}) has not answered in time. The limit is header_timeout in [server].`,
			failed,
		);
	}

	return new EndpointFailure(
		'unreachable',
		begun
			? `The endpoint ${name} (${url.host}) broke the connection before it answered (${code}).`
			: `The endpoint ${name} (${url.host}) cannot be reached (${code}).`,
		failed,
	);
}

/**
The one place where an exchange ends without an answer of the endpoint.
*/
async function turnDown(
	error: unknown,
	{request, client, exchange, world}: Stand & {request: IncomingMessage},
): Promise<void> {
	const wanted = recognise(request.method!, request.url!);
	if (exchange.recording === undefined) {
		void exchange.begin(firstFacts(request, wanted));
	}

	const endedAt = world.now();
	const format = wanted.kind === 'refused' ? undefined : wanted.format;
	const usageStatus = 'none';
	if (error instanceof ClientLeft) {
		exchange.finish(
			{
				...free,
				outcome: 'aborted',
				errorClass: 'aborted',
				usageStatus,
				endedAt,
			},
			() => undefined,
		);
		return;
	}

	const refusal =
		error instanceof Refusal
			? error
			: new Refusal(
					'unreachable',
					'Tollgate met an error of its own; crash.log tells more.',
					{cause: error},
				);
	const failed =
		refusal instanceof EndpointFailure
			? failedAttempt(refusal.failed, endedAt)
			: undefined;
	await new Promise<void>((resolve) => {
		exchange.finish(
			{
				...(failed?.possiblyBilled ? unknown : free),
				outcome: failed === undefined ? 'refused' : 'error',
				errorClass: failed?.errorClass ?? null,
				errorType: failed?.errorType ?? refusal.type,
				errorMessage: cleanText(refusal.message),
				possiblyBilled: failed?.possiblyBilled ?? null,
				httpStatus: refusal.status,
				reason: refusal.reason,
				usageStatus: failed?.possiblyBilled ? 'missing' : usageStatus,
				endedAt,
			},
			() => {
				resolve();
			},
		);
	});
	const answer = refusalAnswer(refusal, {
		format,
		requestId: world.nextRequestId(),
	});
	client.answer(answer.status, answer.headers, answer.body);
	if (refusal !== error) {
		throw error;
	}
}
