import {Buffer} from 'node:buffer';
import type {IncomingMessage, ServerResponse} from 'node:http';
import {cleanText} from '../exchange/clean.js';
import {free} from '../pricing/price-exchange.js';
import {recognise} from '../wire/paths.js';
import {aliasDescribed} from './alias-list.js';
import {refusedCost} from './answers.js';
import type {Stand} from './attempt.js';
import {ClientLeft} from './body.js';
import {tellCancelled} from './cancelled.js';
import {Client} from './client.js';
import {Course} from './course.js';
import {EndpointFailure, failedAttempt} from './failure.js';
import {OpenExchange} from './open-exchange.js';
import {firstFacts, receive} from './receive.js';
import {leaving, Refusal, refusalAnswer} from './refusal.js';
import type {Received} from './stage.js';
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
	exchange.onCancel = () => {
		client.cancel();
	};

	world.open.add(exchange);
	let received: Received | undefined;
	try {
		if (world.isDraining()) {
			throw leaving();
		}

		received = await receive(request, world);
		const stand = {exchange, client, world};
		if (!(await answerAlias(received, stand))) {
			await new Course(received, stand).run();
			await tellCancelled(stand, received.wanted.format);
		}
	} catch (error) {
		await turnDown(error, {request, received, client, exchange, world});
	} finally {
		// Until its last byte has gone, nobody may close the connection.
		client.onClosed(() => {
			world.open.delete(exchange);
		});
		world.garbage.add(exchange.requestBytes + exchange.responseBytes);
	}
}

/**
Somebody asks about an alias of ours: there is nothing to ask an endpoint.
*/
async function answerAlias(
	received: Received,
	{exchange, client, world}: Stand,
): Promise<boolean> {
	const body = aliasDescribed(received, world);
	if (body === undefined) {
		return false;
	}

	void exchange.begin(received.beginning);
	await new Promise<void>((resolve) => {
		exchange.finish(
			{
				...free,
				outcome: 'ok',
				usageStatus: 'none',
				httpStatus: 200,
				reason: 'alias',
				endedAt: world.now(),
			},
			() => {
				resolve();
			},
		);
	});
	client.answer(
		200,
		[
			'content-type',
			'application/json',
			'content-length',
			String(Buffer.byteLength(body)),
			'x-tollgate-reason',
			'alias',
		],
		body,
	);
	return true;
}

/**
The one place where an exchange ends without an answer of the endpoint.
*/
async function turnDown(
	error: unknown,
	{
		request,
		received,
		client,
		exchange,
		world,
	}: Stand &
		Readonly<{request: IncomingMessage; received: Received | undefined}>,
): Promise<void> {
	const wanted = recognise(request.method!, request.url!);
	if (exchange.recording === undefined) {
		void exchange.begin(received?.beginning ?? firstFacts(request, wanted));
	}

	exchange.forgetAnswer();
	const endedAt = world.now();
	const format = wanted.kind === 'refused' ? undefined : wanted.format;
	if (error instanceof ClientLeft) {
		exchange.finish(
			{
				...refusedCost(exchange),
				outcome: 'aborted',
				errorClass: 'aborted',
				endedAt,
			},
			() => undefined,
		);
		await tellCancelled({exchange, client, world}, format);
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
				...refusedCost(exchange),
				outcome: failed === undefined ? 'refused' : 'error',
				errorClass: failed?.errorClass ?? null,
				errorType: failed?.errorType ?? refusal.type,
				errorMessage: cleanText(refusal.message),
				possiblyBilled: failed?.possiblyBilled ?? null,
				httpStatus: refusal.status,
				reason: refusal.reason,
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
