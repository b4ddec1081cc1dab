import {composeAnswer} from './answer.js';
import type {Asked} from './asked.js';
import {header, mayAsk, refuse, type Call} from './call.js';
import type {Counted} from './count.js';
import {readDemand, type Demand} from './demand.js';
import {drawFault, type Fault} from './faults.js';
import {parsed, part, text} from './json.js';
import {isServed} from './model-list.js';
import {acceptedCoding} from './outlet.js';
import {pause} from './play.js';
import {badGatewayPage, type Refusal} from './refusal.js';
import {sayAnswer, type Ended} from './say-answer.js';
import type {Speech} from './speech.js';
import type {World} from './world.js';

/**
Answers one request for a message, and says what there is to count.
*/
export async function serveAnswer(
	call: Call,
	speech: Speech,
	world: World,
): Promise<Counted> {
	const body = parsed(call.body);
	const model = text(part(body, 'model')) ?? '(none)';
	const understood =
		call.unreadable ??
		(mayAsk(call, world) ? understand(call, speech, body) : {status: 401});
	if ('status' in understood) {
		refuse(call, understood);
		return {model, ...refused(understood.status)};
	}

	return {model, ...(await serve(call, speech, world, understood))};
}

type Understood = Readonly<{asked: Asked; demand: Demand}>;

function understand(
	call: Call,
	speech: Speech,
	body: unknown,
): Understood | Refusal {
	if (body === undefined) {
		return {status: 400, message: 'The request body is not valid JSON.'};
	}

	const asked = speech.read(body, {
		length: call.body.length,
		session: sessionOf(call),
	});
	const demand = readDemand(header(call.request, 'x-simulate') ?? '');
	if (typeof asked === 'string') {
		return {status: 400, message: asked};
	}

	if (typeof demand === 'string') {
		return {status: 400, message: demand};
	}

	return isServed(asked.model)
		? {asked, demand}
		: {status: 404, model: asked.model};
}

function sessionOf({request}: Call): string | undefined {
	const session = header(request, 'x-claude-code-session-id');
	return session === undefined
		? undefined
		: `${session} ${header(request, 'x-claude-code-agent-id') ?? ''}`;
}

async function serve(
	call: Call,
	speech: Speech,
	world: World,
	{asked, demand}: Understood,
): Promise<Ended> {
	const pace = demand.pace ?? world.pace;
	const drawn = drawFault(world.faults, call.chance, pace);
	const fault =
		header(call.request, 'x-simulate') === undefined ? drawn : demand.fault;
	const early = await endEarly(call, world, fault, asked);
	if (early) {
		return early;
	}

	const prompt = world.cache.admit(asked.prompt);
	const answer = composeAnswer(asked, call.chance, demand.wishes);
	world.limits.use({
		requests: 1,
		'input-tokens': prompt.input,
		'output-tokens': answer.output,
	});
	return sayAnswer({
		call,
		world,
		speech,
		served: {asked, prompt, answer, id: call.chance.letters(20)},
		pace,
		coding: acceptedCoding(
			demand.compress ?? world.faults.compress,
			call.request,
		),
		interruption:
			fault?.kind === 'stalled' ||
			fault?.kind === 'cut' ||
			fault?.kind === 'broken'
				? fault
				: undefined,
	});
}

/**
Faults that come before the answer, or in place of it.
*/
async function endEarly(
	call: Call,
	world: World,
	fault: Fault | undefined,
	{stream}: Asked,
): Promise<Ended | undefined> {
	switch (fault?.kind) {
		case undefined:
		case 'stalled':
		case 'cut': {
			return undefined;
		}

		case 'broken': {
			// Without a stream there is no middle to break in.
			return stream
				? undefined
				: refuseAsAsked(call, world, {kind: 'refused', status: 500});
		}

		case 'refused': {
			return refuseAsAsked(call, world, fault);
		}

		case 'page': {
			call.response.writeHead(502, {'content-type': 'text/html'});
			call.response.end(badGatewayPage);
			return refused(502);
		}

		case 'reset': {
			call.request.socket.resetAndDestroy();
			return {ending: 'reset', status: undefined, told: undefined};
		}

		case 'slow': {
			return wait(call, fault.ms);
		}
	}
}

function refuseAsAsked(
	call: Call,
	{limits}: World,
	fault: Extract<Fault, {kind: 'refused'}>,
): Ended {
	const {status, quota = false, retryAfter, retryAfterMs} = fault;
	const shouldRetry =
		fault.shouldRetry ?? (status === 529 ? 'true' : undefined);
	refuse(
		call,
		{status, quota},
		{
			...limits.headers(call.family, status === 429 && !quota),
			...(retryAfter !== undefined && {'retry-after': retryAfter}),
			...(retryAfterMs !== undefined && {'retry-after-ms': retryAfterMs}),
			...(shouldRetry !== undefined && {'x-should-retry': shouldRetry}),
		},
	);
	return refused(status);
}

function refused(status: number): Ended {
	return {ending: 'refused', status, told: undefined};
}

async function wait({signal}: Call, ms: number): Promise<Ended | undefined> {
	try {
		await pause(ms, signal);
		return undefined;
	} catch (error) {
		if (!signal.aborted) {
			throw error;
		}

		return {ending: 'aborted', status: undefined, told: undefined};
	}
}
