import type {Buffer} from 'node:buffer';
import {parseJson, fieldsOf} from './foreign-json.js';
import {decodedString, isWord} from './json-range.js';
import {scanInside, type FoundValue, type Scan} from './json-scan.js';
import {skipSpace} from './json-value.js';

/**
The top-level keys of a body that tell who asked, and what for.
*/
export const originKeys = [
	'metadata',
	'prompt_cache_key',
	'output_config',
	'tools',
] as const;

/**
Requests for a title are two to four kilobytes, as Claude Code sends them.
*/
const largestSide = 8 * 1024;

/**
Whether it is a request beside the conversation, such as for its title: small, without tools, and for
JSON of a given schema. Of keys given twice the last counts.
*/
export function isSideRequest(body: Buffer, scan: Scan): boolean {
	if (body.length > largestSide || hasTools(body, scan)) {
		return false;
	}

	const config = lastOf(scan, 'output_config');
	const format = config && scanInside(body, config, ['format'])?.values.at(-1);
	return format !== undefined && !isWord(body, format, 'null');
}

/**
The id of the session, as the body tells it: in `metadata.user_id` (Claude Code: `…_session_ID`, or
JSON with `session_id` since 2.1.78), else `prompt_cache_key` (OpenAI's clients). A user's id that has
another shape is not looked at. Not cleaned.
*/
export function sessionInBody(body: Buffer, scan: Scan): string | undefined {
	const metadata = lastOf(scan, 'metadata');
	const user =
		metadata && scanInside(body, metadata, ['user_id'])?.values.at(-1);
	const session = user && sessionOfUser(shortText(body, user) ?? '');
	if (session !== undefined) {
		return session;
	}

	const cacheKey = lastOf(scan, 'prompt_cache_key');
	const text = cacheKey && shortText(body, cacheKey);
	return text === '' ? undefined : text;
}

function hasTools(body: Buffer, scan: Scan): boolean {
	const tools = lastOf(scan, 'tools');
	// A list with nothing in it, or no list.
	return (
		tools !== undefined &&
		body[tools.start] === 0x5b &&
		skipSpace(body, tools.start + 1) < tools.end - 1
	);
}

function sessionOfUser(user: string): string | undefined {
	if (user.startsWith('{')) {
		const {session_id: session} = fieldsOf<'session_id'>(parseJson(user));
		return typeof session === 'string' && session !== '' ? session : undefined;
	}

	return /_session_(?<session>[\w-]{1,100})$/.exec(user)?.groups!['session'];
}

const lastOf = (scan: Scan, key: string): FoundValue | undefined =>
	scan.values.findLast((value) => value.key === key);

const longestText = 1024;

const shortText = (body: Buffer, value: FoundValue): string | undefined =>
	value.end - value.start > longestText
		? undefined
		: decodedString(body, value);
