import {composeAnswer} from './answer.js';
import type {Asked} from './asked.js';
import {header, mayAsk, refuse, type Call} from './call.js';
import type {Counted} from './count.js';
import {readDemand, type Demand} from './demand.js';
import {endEarly, refusedWith} from './end-early.js';
import {drawFault} from './faults.js';
import {parsed, part, text} from './json.js';
import {isServed} from './model-list.js';
import {acceptedCoding} from './outlet.js';
import type {Refusal} from './refusal.js';
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
		return {model, ...refusedWith(understood.status)};
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
	const demand =
		call.scripted ?? readDemand(header(call.request, 'x-simulate') ?? '');
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
	const isDemanded =
		call.scripted !== undefined ||
		header(call.request, 'x-simulate') !== undefined;
	const fault = isDemanded ? demand.fault : drawn;
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
		served: {
			asked: fault?.kind === 'unstreamed' ? {...asked, stream: false} : asked,
			prompt,
			answer,
			id: call.chance.letters(20),
		},
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
