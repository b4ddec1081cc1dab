import type {WireFormatName} from '../exchange/usage.js';
import type {Stand} from './attempt.js';
import {refusalAnswer} from './refusal.js';

const message =
	'Cancelled in the monitor of Tollgate. Ask again if it was meant to go on.';

/**
Tells the client of a request that somebody has cancelled: an answer of ours where nothing of another has gone
out, else its connection is broken off, for half an answer must never look whole. Once that is in the log.
*/
export async function tellCancelled(
	{exchange, client, world}: Stand,
	format: WireFormatName | undefined,
): Promise<void> {
	if (exchange.cancelled === undefined) {
		return;
	}

	await exchange.cancelled;
	if (client.isOurStream && exchange.state === 'streaming') {
		client.breakOff();
		return;
	}

	const {status, headers, body} = refusalAnswer(
		{reason: 'cancelled', message},
		{format, requestId: world.nextRequestId()},
	);
	client.answer(status, headers, body);
}
