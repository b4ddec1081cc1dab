import type {Buffer} from 'node:buffer';
import type {IncomingMessage} from 'node:http';
import {cleanName, cleanText} from '../exchange/clean.js';
import {checkDoor} from '../policy/door.js';
import {recognise, type RefusedTarget} from '../wire/paths.js';
import {decodeRequest, readRequest} from '../wire/request-body.js';
import {readBody} from './body.js';
import {hasPassed} from './headers.js';
import {bearerOf, noLocalKey} from './local-key.js';
import {addOrigin, originOf} from './origin.js';
import {Refusal} from './refusal.js';
import {strangenessOf} from './strange.js';
import {refuseStrayKey} from './stray-key.js';
import type {Beginning, Received, Wanted} from './stage.js';
import type {World} from './world.js';

/**
What the row says before the body has been read.
*/
export function firstFacts(
	request: IncomingMessage,
	wanted: Wanted | RefusedTarget,
): Beginning {
	const {headers} = request;
	const isKnown = wanted.kind !== 'refused';
	return {
		// A target that is no path may carry a password.
		path: cleanText(wanted.path.replace(/\/\/[^\/]*@/v, '//')),
		key: noLocalKey,
		...originOf(headers),
		side: null,
		format: (isKnown ? wanted.format : undefined) ?? null,
		hint: (isKnown ? wanted.hint : undefined) ?? null,
		askedModel: null,
		stream: null,
		requestBytes: null,
		alias: null,
		endpoint: null,
		sentModel: null,
		attempts: 0,
		attemptStartedAt: null,
		startedAt: null,
		state: null,
		holdReason: null,
	};
}

/**
Lets a request in: the door, the loop guard, its target, and the whole of a measured body.
*/
export async function receive(
	request: IncomingMessage,
	world: World,
): Promise<Received> {
	const method = request.method!;
	checkEntrance(request, world);
	const wanted = recognise(method, request.url!);
	const strange = strangenessOf(request);
	if (strange !== undefined || wanted.kind === 'refused') {
		throw new Refusal('bad_request', strange ?? 'This path may not go on.');
	}

	const bearer = bearerOf(request.rawHeaders, world.inForce().config);
	refuseStrayKey(request, bearer);
	const beginning = {...firstFacts(request, wanted), key: bearer.key};
	if (wanted.kind !== 'generate' && wanted.kind !== 'count_tokens') {
		return {
			request,
			method,
			bearer,
			wanted,
			body: undefined,
			slab: undefined,
			plain: undefined,
			facts: undefined,
			beginning,
		};
	}

	const maxBytes = world.inForce().config.server.maxBodyBytes;
	const {bytes: body, slab} = await readBody(request, {
		maxBytes,
		uploads: world.uploads,
		slabs: world.slabs,
		now: world.now,
	});
	const plain = await plainBody(request, body, maxBytes);
	const facts = readRequest(plain ?? body);
	beginning.askedModel =
		facts.model === undefined ? null : cleanName(facts.model);
	beginning.stream = facts.readable ? facts.stream : null;
	beginning.requestBytes = body.length;
	addOrigin(beginning, plain ?? body, facts.scan);
	return {request, method, bearer, wanted, body, slab, plain, facts, beginning};
}

function checkEntrance(request: IncomingMessage, world: World): void {
	const {host, origin, 'sec-fetch-site': site} = request.headers;
	const verdict = checkDoor(world.door(), {
		host,
		origin,
		site,
	});
	if (verdict === 'host') {
		throw new Refusal(
			'host',
			`This is not ${cleanText(host ?? 'a host without a name')}. Use http://127.0.0.1:${world.door().port} as the base URL.`,
		);
	}

	if (verdict === 'origin') {
		throw new Refusal(
			'origin',
			origin === undefined
				? 'Pages of other sites may not use Tollgate. To admit them, add their origin to allow_origins in [server], and let them ask with CORS.'
				: `Pages of ${cleanText(origin)} may not use Tollgate. To admit them, add the origin to allow_origins in [server].`,
		);
	}

	if (hasPassed(request.rawHeaders, world.instance)) {
		throw new Refusal(
			'loop',
			'This request has been here before: the endpoint leads back to Tollgate. Set the url of the endpoint to the API itself.',
		);
	}
}

async function plainBody(
	request: IncomingMessage,
	body: Buffer,
	maxBytes: number,
): Promise<Buffer | undefined> {
	const encoding = request.headers['content-encoding'];
	if (encoding === undefined || encoding === 'identity') {
		return undefined;
	}

	const plain = await decodeRequest(body, encoding, maxBytes);
	if (plain === 'too_large') {
		throw new Refusal(
			'too_large',
			'The compressed request unfolds to more than max_body in [server] allows.',
		);
	}

	return plain;
}
