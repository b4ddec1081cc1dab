import type {Buffer} from 'node:buffer';
import type {IncomingHttpHeaders} from 'node:http';
import {cleanText} from '../exchange/clean.js';
import type {Scan} from '../wire/json-scan.js';
import {isSideRequest, sessionInBody} from '../wire/request-origin.js';
import type {Beginning} from './stage.js';

/**
Where clients name their session: Claude Code, opencode, codex (three ways over time), and what others
agreed on. The first one that is there counts.
*/
const sessionHeaders = [
	'x-claude-code-session-id',
	'x-opencode-session',
	'session_id',
	'session-id',
	'conversation_id',
	'x-session-id',
	'x-session-affinity',
];

/**
Where they name which of their agents asks: Claude Code, codex.
*/
const agentHeaders = ['x-claude-code-agent-id', 'x-openai-subagent'];

/**
Who asked, as its headers tell it.
*/
export const originOf = (
	headers: IncomingHttpHeaders,
): Pick<Beginning, 'session' | 'agentId' | 'client'> => ({
	session: firstOf(headers, sessionHeaders),
	agentId: firstOf(headers, agentHeaders),
	client: clientOf(headers['user-agent']),
});

/**
What the body tells of it besides. `body` is in plain bytes.
*/
export function addOrigin(
	beginning: Beginning,
	body: Buffer,
	scan: Scan | undefined,
): void {
	if (scan === undefined) {
		return;
	}

	beginning.session ??= cleaned(sessionInBody(body, scan));
	// Not told where it is not so: it is seldom so.
	beginning.side =
		beginning.format === 'anthropic-messages' && isSideRequest(body, scan)
			? true
			: null;
}

/**
The program and its version, `claude-cli/2.1.330`: the first word of a user agent. SDKs write it as
`Anthropic/JS 1.12.0`, which becomes `Anthropic-JS/1.12.0`.
*/
export function clientOf(userAgent: string | undefined): string | null {
	const {sdk, version, first} =
		/^(?:(?<sdk>\w+\/[A-Z]\w+) (?<version>\d\S*)|(?<first>\S+))/.exec(
			userAgent ?? '',
		)?.groups ?? {};
	return cleaned(
		sdk === undefined ? first : `${sdk.replace('/', '-')}/${version!}`,
	);
}

function firstOf(
	headers: IncomingHttpHeaders,
	names: readonly string[],
): string | null {
	for (const name of names) {
		const value = headers[name];
		if (typeof value === 'string' && value !== '') {
			return cleanText(value);
		}
	}

	return null;
}

const cleaned = (value: string | undefined): string | null =>
	value === undefined ? null : cleanText(value);
