import {
	Refusal,
	refusalAnswer,
	type RefusalReason,
} from '../../source/passthrough/refusal.js';

const meanings: Readonly<Record<RefusalReason, string>> = {
	unreachable:
		'No connection to the endpoint, or it broke before an answer began. The message names the endpoint and the code of the system. Also where Tollgate meets a bug of its own: then the message says so.',
	timeout: "The endpoint's headers took longer than `header_timeout`.",
	key: 'The local key is not known or was revoked, or one is required and none came. Also where only a local key came, which never goes on, and the endpoint has no key of its own.',
	cap: 'The daily cap of its key is reached, or its price is not known under a cap that wants it to be. The message has the figures, when it ends, and the command that raises it.',
	reserved:
		'What is left under the cap was reserved for others for as long as its client could wait.',
	origin:
		'A page in a browser asked, as `Origin` or `Sec-Fetch-Site` tells. `allow_origins` admits pages of named origins.',
	host: 'The `Host` is not this machine.',
	too_large: 'A measured request is larger than `max_body`.',
	alias: 'No endpoint, or no target of the alias, speaks the format.',
	breaker:
		'Every target failed again and again and is let be for a moment, and none has given an answer that could be shown.',
	paused:
		'It was held for as long as its client could wait, or requests are turned away while it is paused (then with `x-should-retry: false`).',
	strikes: 'The same, where the same request had failed three times.',
	guard: 'The same, where a guard has paused it.',
	queue:
		'All places at the endpoint were taken for as long; or 1,024 connections are open here and none of them is idle.',
	backoff: 'The endpoint had no room for it for as long.',
	not_recording:
		'The usage log cannot be written, and `if_not_recording` is `"refuse"`.',
	draining: 'The passthrough is about to stop.',
	cancelled:
		'Somebody cancelled it in the monitor before an answer had begun. One that had begun is broken off.',
	bad_request:
		'This is no HTTP request, or one that can be read in two ways, or its path is none that may go on.',
	loop: 'The request has been here before: an endpoint leads back to Tollgate.',
};

/**
When each is answered, in Markdown.
*/
export const whenRefused = (reason: RefusalReason): string => meanings[reason];

export const reasonsInUse: ReadonlySet<string> = new Set(Object.keys(meanings));

export const statusOf = (reason: RefusalReason): number =>
	new Refusal(reason, '').status;

/**
What it says to clients about trying again.
*/
export function advice(reason: RefusalReason): readonly string[] {
	const {headers} = refusalAnswer(
		{reason, message: ''},
		{format: undefined, requestId: ''},
	);
	return ['x-should-retry', 'retry-after'].flatMap((name) => {
		const index = headers.indexOf(name);
		return index === -1 ? [] : [`${name}: ${headers[index + 1]}`];
	});
}
