import {Buffer} from 'node:buffer';
import {requestIdHeader} from './answer-headers.js';
import type {Call} from './call.js';
import type {Counted, TokenCount} from './count.js';
import type {Coding, Interruption} from './faults.js';
import {halves} from './halves.js';
import {openOutlet} from './outlet.js';
import {pause, play, type Stage} from './play.js';
import {tokensOf, type Piece, type Served, type Speech} from './speech.js';
import type {World} from './world.js';

/**
An answer with all that decides how it is said.
*/
export type Saying = Readonly<{
	call: Call;
	world: World;
	speech: Speech;
	served: Served;
	/**
	1 is human speed, 0 no waiting.
	*/
	pace: number;
	coding: Coding | undefined;
	interruption: Interruption | undefined;
}>;
export type Ended = Omit<Counted, 'model'>;

/**
Says the answer, up to where the client or a fault ends it.
*/
export async function sayAnswer(saying: Saying): Promise<Ended> {
	const {call} = saying;
	let told: TokenCount | undefined;
	try {
		const ended = await say(saying, (now) => {
			told = now;
		});
		return {...ended, status: 200, told};
	} catch (error) {
		if (!call.signal.aborted) {
			throw error;
		}

		const status = call.response.headersSent ? 200 : undefined;
		return {ending: 'aborted', status, told};
	}
}

async function say(
	saying: Saying,
	onTold: Stage['onTold'],
): Promise<Pick<Ended, 'ending' | 'untold'>> {
	const {call, speech, served, interruption} = saying;
	const pieces = served.asked.stream
		? speech.stream(served)
		: wholePieces(JSON.stringify(speech.whole(served)), served);
	const at = breakAt(saying, pieces.length);
	const stage = {...openStage(saying, pieces), onTold};
	await play(pieces.slice(0, at), stage);

	if (interruption) {
		await stage.outlet.flush();
	}

	switch (interruption?.kind) {
		case 'cut': {
			call.request.socket.destroy();
			return {ending: 'cut'};
		}

		case 'broken': {
			await stage.outlet.write(speech.failure(served, at).text);
			await stage.outlet.end();
			return {ending: 'failed'};
		}

		case 'stalled': {
			await pause(interruption.ms, call.signal);
			break;
		}

		case undefined: {
			break;
		}
	}

	const tempo = {...stage.tempo, firstTokenMs: 0};
	await play(pieces.slice(at), {...stage, tempo});
	await stage.outlet.end();
	return {
		ending: 'complete',
		untold: served.asked.tellsUsage ? undefined : tokensOf(served),
	};
}

/**
A JSON answer comes when all of it is thought of; in two halves, so that it can break between.
*/
function wholePieces(json: string, served: Served): readonly Piece[] {
	const [first, second] = halves(json);
	return [
		{text: '', tokens: served.answer.output},
		{text: first, tokens: 0},
		{text: second, tokens: 0, told: tokensOf(served)},
	];
}

/**
After how many pieces the interruption comes: before the last words, unless it was asked for there.
*/
function breakAt({interruption, served, call}: Saying, length: number): number {
	if (!interruption) {
		return length;
	}

	const somewhere = served.asked.stream
		? Math.floor(length * (0.2 + 0.6 * call.chance.next()))
		: 2;
	return Math.min(interruption.after ?? Math.max(1, somewhere), length);
}

function openStage(
	{call, world, served, pace, coding}: Saying,
	pieces: readonly Piece[],
): Omit<Stage, 'onTold'> {
	const {response, family, chance, requestId, signal} = call;
	const tempo = {
		firstTokenMs: chance.between(400, 2000) * pace,
		msPerToken: (1000 / chance.between(40, 90)) * pace,
	};
	response.statusCode = 200;
	for (const [name, value] of Object.entries({
		...(served.asked.stream
			? {
					'content-type': 'text/event-stream; charset=utf-8',
					'cache-control': 'no-cache',
				}
			: {'content-type': 'application/json'}),
		...requestIdHeader(family, requestId),
		...world.limits.headers(family),
		...(coding && {'content-encoding': coding}),
	})) {
		response.setHeader(name, value);
	}

	if (coding === undefined && !served.asked.stream) {
		response.setHeader('content-length', lengthOf(pieces));
	}

	return {outlet: openOutlet(response, coding, signal), tempo, signal};
}

function lengthOf(pieces: readonly Piece[]): number {
	let length = 0;
	for (const {text} of pieces) {
		length += Buffer.byteLength(text);
	}

	return length;
}
