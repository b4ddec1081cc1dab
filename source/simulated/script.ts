import {hash} from 'node:crypto';
import type {Buffer} from 'node:buffer';
import type {IncomingHttpHeaders} from 'node:http';
import type {Call} from './call.js';
import type {Ending} from './count.js';
import {readDemand, type Demand} from './demand.js';
import type {Fault} from './faults.js';
import {parsed, part, text} from './json.js';

/**
A request as a script is told of it, its body read.
*/
export type ScriptedRequest = Readonly<{
	/**
	The how-manieth at this path, from 1.
	*/
	n: number;
	/**
	The same among those for this model.
	*/
	ofModel: number;
	method: string;
	/**
	Without the query.
	*/
	path: string;
	model: string | undefined;
	headers: IncomingHttpHeaders;
	/**
	As it came.
	*/
	body: Buffer;
}>;

/**
The words of an `x-simulate` header (`429; retry-after=1`, `hang`, `cut; after=3`, `ok`), or a fault.
*/
export type Behaviour = string | Fault;

/**
Says what happens to a request. Undefined: whatever would have happened.
*/
export type Script = (request: ScriptedRequest) => Behaviour | undefined;

/**
What came to the endpoint, and what became of it. Times in epoch milliseconds.
*/
export type SeenRequest = ScriptedRequest &
	Readonly<{
		/**
		Names and values in turn, as they came.
		*/
		rawHeaders: readonly string[];
		/**
		SHA-256, hexadecimal.
		*/
		bodyHash: string;
		behaviour: Behaviour | undefined;
		at: number;
		/**
		Undefined while it is being answered. `aborted`: the client left first.
		*/
		ending: Ending | undefined;
		/**
		Undefined as long as none was sent.
		*/
		status: number | undefined;
		endedAt: number | undefined;
	}>;

export type Stage = Readonly<{
	/**
	In the order in which their bodies were whole.
	*/
	seen: readonly SeenRequest[];
	/**
	The call with what the script says to it, and what is to be told when it has ended.
	*/
	enter(call: Call, at: number): Entered;
}>;

export type Entered = Readonly<{call: Call; end: (ending: Ending) => void}>;

/**
Keeps what comes to the endpoint, and asks the script about it.
*/
export function createStage(script: Script, now: () => number): Stage {
	const seen: SeenRequest[] = [];
	return {
		seen,
		enter(call, at) {
			const request = scripted(call, seen);
			const behaviour = script(request);
			const entry = {
				...request,
				rawHeaders: call.request.rawHeaders,
				bodyHash: hash('sha256', call.bytes),
				behaviour,
				at,
				ending: undefined,
				status: undefined,
				endedAt: undefined,
			};
			seen.push(entry);
			return {
				call: {...call, scripted: behaviour && demandOf(behaviour)},
				end(ending) {
					const {headersSent, statusCode} = call.response;
					const status = headersSent ? statusCode : undefined;
					Object.assign(entry, {ending, status, endedAt: now()});
				},
			};
		},
	};
}

function scripted(
	{method, path, body, bytes, request}: Call,
	seen: readonly SeenRequest[],
): ScriptedRequest {
	const model = text(part(parsed(body), 'model'));
	const before = seen.filter((other) => other.path === path);
	return {
		n: before.length + 1,
		ofModel: before.filter((other) => other.model === model).length + 1,
		method,
		path,
		model,
		headers: request.headers,
		body: bytes,
	};
}

function demandOf(behaviour: Behaviour): Demand | string {
	return typeof behaviour === 'string'
		? readDemand(behaviour)
		: {fault: behaviour, wishes: {}};
}
