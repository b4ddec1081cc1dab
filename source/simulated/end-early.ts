import {refuse, type Call} from './call.js';
import type {Fault} from './faults.js';
import {pause} from './play.js';
import {badGatewayPage} from './refusal.js';
import type {Ended} from './say-answer.js';
import type {World} from './world.js';

/**
Faults that come before the answer, or in place of it.
*/
export async function endEarly(
	call: Call,
	world: World,
	fault: Fault | undefined,
	{stream, model}: Readonly<{stream: boolean; model?: string}>,
): Promise<Ended | undefined> {
	switch (fault?.kind) {
		case undefined:
		case 'stalled':
		case 'unstreamed':
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
			return refuseAsAsked(call, world, {...fault, model});
		}

		case 'page': {
			const {status = 502} = fault;
			call.response.writeHead(status, {'content-type': 'text/html'});
			call.response.end(badGatewayPage);
			return refusedWith(status);
		}

		case 'reset': {
			call.request.socket.resetAndDestroy();
			return {ending: 'reset', status: undefined, told: undefined};
		}

		case 'silent': {
			return wait(call, undefined);
		}

		case 'slow': {
			return wait(call, fault.ms);
		}
	}
}

function refuseAsAsked(
	call: Call,
	{limits}: World,
	fault: Extract<Fault, {kind: 'refused'}> & Readonly<{model?: string}>,
): Ended {
	const {status, quota = false, retryAfter, retryAfterMs, message} = fault;
	const shouldRetry =
		fault.shouldRetry ?? (status === 529 ? 'true' : undefined);
	const headers = {
		...limits.headers(call.family, status === 429 && !quota),
		...(retryAfter !== undefined && {'retry-after': retryAfter}),
		...(retryAfterMs !== undefined && {'retry-after-ms': retryAfterMs}),
		...(shouldRetry !== undefined && {'x-should-retry': shouldRetry}),
		...fault.headers,
	};
	if (fault.body === undefined) {
		refuse(call, {status, quota, message, model: fault.model}, headers);
	} else {
		call.response.writeHead(status, {
			'content-type': 'application/json',
			...headers,
		});
		call.response.end(fault.body);
	}

	return refusedWith(status);
}

export function refusedWith(status: number): Ended {
	return {ending: 'refused', status, told: undefined};
}

async function wait(
	{signal}: Call,
	ms: number | undefined,
): Promise<Ended | undefined> {
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
