import type {OwnReason} from './own-reasons.js';
import {said, type Words} from './said.js';

/**
Why we answered ourselves, or keep a request waiting.
*/
export const reasonWords: Readonly<Record<OwnReason, Words>> = {
	cap: said(
		['daily cap reached', 'daily cap', 'cap'],
		'The daily cap of this key is reached.',
		'Raise it, or wait until the day ends.',
	),
	paused: said(
		['paused'],
		'Requests are paused.',
		'They go on when you resume them.',
	),
	queue: said(
		['waits for a free slot', 'queued', 'queue'],
		'As many requests run as the endpoint may have at once.',
		'It goes on when one of them ends.',
	),
	backoff: said(
		['waits after a failure', 'backoff'],
		'The endpoint failed or limits requests, so the next try waits a little.',
		'It goes on by itself.',
	),
	reserved: said(
		['money is reserved', 'reserved'],
		'What is left under the cap is reserved by the requests that run.',
		'It goes on when they end.',
	),
	guard: said(
		['held by a guard', 'guard'],
		'A guard found the spending unusual.',
		'Look at what the agent does, then let it go on.',
	),
	strikes: said(
		['failed too often', 'strikes'],
		'The same request failed too often in a row.',
		'Look at its errors, then let it go on.',
	),
	breaker: said(
		['endpoint fails too often', 'breaker'],
		'The endpoint failed so often that it is left alone for a while.',
		'It is tried again by itself.',
	),
	unreachable: said(
		['error of Tollgate', 'our error'],
		'Tollgate met an error of its own.',
		'crash.log says which: please report it.',
	),
	timeout: said(
		['no answer in time', 'timeout'],
		'The endpoint did not begin to answer within header_timeout of [server].',
		'Try again, or allow it longer.',
	),
	key: said(
		['no key for the endpoint', 'no key', 'key'],
		'The client sent no key that the endpoint takes, and the endpoint has none of its own.',
		'Set key in the section of the endpoint, or give the client the key of the endpoint.',
	),
	credential: said(
		['key variable not set', 'no key'],
		'The variable that holds the key of the endpoint is not set.',
		'Set it in the shell that starts Tollgate, and start it again.',
	),
	origin: said(
		['page of another origin', 'origin'],
		'A page in a browser asked. Pages are turned away, as any could spend your money.',
		'If you know it, add its origin to allow_origins in [server].',
	),
	host: said(
		['strange Host header', 'host'],
		'The request was not meant for this machine, by its Host header.',
		'Use http://127.0.0.1 and the port as the base URL.',
	),
	too_large: said(
		['larger than max_body', 'too large'],
		'The request is larger than max_body in [server] allows.',
		'Shorten the conversation, or raise max_body.',
	),
	alias: said(
		['nowhere to send it', 'no route', 'alias'],
		'No endpoint that it could go to speaks the format of the request.',
		'The message names what there is; see formats of the endpoints.',
	),
	not_recording: said(
		['log cannot be written', 'no log'],
		'The usage log cannot be written, and if_not_recording is "refuse".',
		'Free its disk, or set if_not_recording = "serve" in [server].',
	),
	draining: said(
		['passthrough was stopping', 'stopping'],
		'The passthrough was about to stop and took no new requests.',
		'Ask again once it runs.',
	),
	cancelled: said(
		['cancelled in the monitor', 'cancelled'],
		'Somebody cancelled it in the monitor. What had been generated until then may be billed.',
		'Ask again if it was meant to go on.',
	),
	bad_request: said(
		['not a request we can read', 'bad request'],
		'It was no HTTP request, or its path was none that may go on.',
		'Use Tollgate as a base URL, not as a proxy.',
	),
	loop: said(
		['endpoint leads back to us', 'loop'],
		'The request had been here before: the endpoint leads back to Tollgate.',
		'Set the url of the endpoint to the API itself.',
	),
};
