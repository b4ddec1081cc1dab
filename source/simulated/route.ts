import {anthropicMessages} from './anthropic-messages.js';
import {answerJson, mayAsk, refuse, type Call} from './call.js';
import type {Ending} from './count.js';
import {endEarly} from './end-early.js';
import {describeModel, listModels} from './model-list.js';
import {openaiChat} from './openai-chat.js';
import {openaiResponses} from './openai-responses.js';
import {tokensIn} from './read-anthropic.js';
import {serveAnswer} from './serve-answer.js';
import type {Speech} from './speech.js';
import type {World} from './world.js';

const speeches: Readonly<Record<string, Speech>> = {
	'/v1/messages': anthropicMessages,
	'/v1/chat/completions': openaiChat,
	'/v1/responses': openaiResponses,
};

/**
Gives every request its answer, counts it, and says how it ended.
*/
export async function route(call: Call, world: World): Promise<Ending> {
	const {method, path} = call;
	const {others} = world.serving;
	const speech = speeches[path];
	if (method === 'POST' && speech) {
		return answer(call, speech, world);
	}

	const early = await endAsScripted(call, world);
	if (early) {
		return early;
	}

	if (method === 'POST' && path === '/v1/messages/count_tokens') {
		others.countTokens += 1;
		answerFree(call, world, {input_tokens: tokensIn(call.body.length)});
	} else if (method === 'GET' && path === '/v1/models') {
		others.models += 1;
		answerFree(call, world, listModels(call.family, call.query));
	} else if (method === 'GET' && path.startsWith('/v1/models/')) {
		others.models += 1;
		answerModel(call, world, path.slice('/v1/models/'.length));
	} else {
		others.unknown += 1;
		answerUnknown(call, speech !== undefined);
	}

	return call.response.statusCode < 400 ? 'complete' : 'refused';
}

/**
Requests that are not for an answer: the same faults, as far as there is something to spoil.
*/
async function endAsScripted(
	call: Call,
	world: World,
): Promise<Ending | undefined> {
	const {scripted} = call;
	if (typeof scripted === 'string') {
		refuse(call, {status: 400, message: scripted});
		return 'refused';
	}

	const ended = await endEarly(call, world, scripted?.fault, {stream: false});
	return ended?.ending;
}

async function answer(
	call: Call,
	speech: Speech,
	world: World,
): Promise<Ending> {
	world.serving.open += 1;
	try {
		const counted = await serveAnswer(call, speech, world);
		world.counter.add(counted);
		return counted.ending;
	} finally {
		world.serving.open -= 1;
	}
}

function answerFree(call: Call, world: World, body: unknown): void {
	const refusal =
		call.unreadable ?? (mayAsk(call, world) ? undefined : {status: 401});
	if (refusal) {
		refuse(call, refusal);
	} else {
		answerJson(call, body);
	}
}

function answerModel(call: Call, world: World, name: string): void {
	const known = describeModel(call.family, name);
	if (known === undefined && mayAsk(call, world)) {
		refuse(call, {status: 404, model: name});
	} else {
		answerFree(call, world, known);
	}
}

function answerUnknown(call: Call, known: boolean): void {
	const {method, path} = call;
	if (method === 'HEAD') {
		call.response.writeHead(404).end();
	} else if (known) {
		refuse(call, {status: 405, message: `${path} is asked by POST.`});
	} else {
		refuse(call, {status: 404, message: `Invalid URL (${method} ${path})`});
	}
}
