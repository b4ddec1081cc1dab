import type {WireFormatName} from '../exchange/usage.js';

export type PathFacts = Readonly<{
	/**
	What to ask the endpoint for: `/v1/messages?beta=true`. `upstreamTarget` puts it under a base.
	*/
	upstreamPath: string;
	/**
	As the client wrote it, without the query.
	*/
	path: string;
	/**
	The client's base URL is not quite right: it is served, and told.
	*/
	hint: 'duplicate_v1' | 'missing_v1' | undefined;
}>;

export type RefusedTarget = Readonly<{
	kind: 'refused';
	/**
	`not_a_path`: another form than `/path?query`, as a proxy is asked. `dot_segments` and `backslash`:
	an endpoint might resolve it to a place outside of its own base. `fragment`: it might cut it off, and
	so be asked for another place than we took it for.
	*/
	reason: 'not_a_path' | 'dot_segments' | 'backslash' | 'fragment';
	path: string;
}>;

type Meaning =
	| Readonly<{kind: 'generate'; format: WireFormatName}>
	| Readonly<{kind: 'count_tokens'; format: 'anthropic-messages'}>
	| Readonly<{kind: 'models' | 'other'; format: undefined}>;

export type Recognised = (Meaning & PathFacts) | RefusedTarget;

/**
Says what a request asks for, from its method and raw request target. Base URLs are forgiven: `/v1`
may be missing or repeated, slashes may be doubled or left at the end. The query goes on byte for
byte, and a target that is none of ours (`other`) goes on whole, as it came.
*/
export function recognise(method: string, target: string): Recognised {
	const known = recognised.get(target);
	if (known?.method === method) {
		return known.meaning;
	}

	const meaning = read(method, target);
	if (recognised.size >= mostRecognised) {
		recognised.clear();
	}

	recognised.set(target, {method, meaning});
	return meaning;
}

/**
An agent asks for the same few targets all day.
*/
const recognised = new Map<
	string,
	Readonly<{method: string; meaning: Recognised}>
>();
const mostRecognised = 100;

function read(method: string, target: string): Recognised {
	const query = target.indexOf('?');
	const path = query === -1 ? target : target.slice(0, query);
	const reason = refusalOf(path);
	if (reason) {
		return {kind: 'refused', reason, path};
	}

	const {versions, rest} = partsOfPath(path);
	const meaning = meaningOf(method, rest);
	if (meaning.kind === 'other' && method === 'POST' && path.includes('%')) {
		const plain = readPlain(method, target, path);
		if (plain !== undefined) {
			return plain;
		}
	}

	return meaning.kind === 'other'
		? {
				...meaning,
				upstreamPath: target,
				path,
				hint: versions > 1 ? 'duplicate_v1' : undefined,
			}
		: {
				...meaning,
				upstreamPath: `/v1/${rest}${target.slice(path.length)}`,
				path,
				hint: hintOf(versions),
			};
}

/**
A path with needless escapes, `/v1/mess%61ges`, is the same place to an endpoint: it must not get past
the measuring. Undefined where it is none of ours without them either.
*/
function readPlain(
	method: string,
	target: string,
	path: string,
): Recognised | undefined {
	let plain;
	try {
		plain = decodeURIComponent(path);
	} catch {
		return undefined;
	}

	const {versions, rest} = partsOfPath(plain);
	const meaning = meaningOf(method, rest);
	return meaning.kind === 'other'
		? undefined
		: {
				...meaning,
				upstreamPath: `/v1/${rest}${target.slice(path.length)}`,
				path,
				hint: hintOf(versions),
			};
}

function partsOfPath(path: string): Readonly<{versions: number; rest: string}> {
	const segments = path.split('/').filter((segment) => segment !== '');
	const versions = countLeading(segments, 'v1');
	return {versions, rest: segments.slice(versions).join('/')};
}

/**
The request target at an endpoint. `base` may end in `/v1` or not, in a slash or not, may have a
prefix, and a query, which is put before the request's own.

A version that ends the base (`/v1`, or an endpoint's own, `/api/paas/v4`) takes the place of the
path's `/v1`, so that it never stands twice. A path without `/v1` goes where the client put it: beside
the version, not under it. So with the base `https://host/api/v1`, `/v1/embeddings` becomes
`/api/v1/embeddings`, and `/status` becomes `/api/status`.
*/
export function upstreamTarget(base: URL, upstreamPath: string): string {
	const {prefix, version} = knownPartsOf(base);
	const path = upstreamPath.replace(/^\/+/, '/');
	const versioned = /^\/v1(?=[/?]|$)/.test(path);
	const joined =
		versioned && version !== undefined
			? `${prefix}/${version}${path.slice('/v1'.length)}`
			: `${prefix}${path}`;
	return base.search === '' ? joined : withQueryFirst(joined, base.search);
}

const posts: Readonly<Record<string, Meaning>> = {
	messages: {kind: 'generate', format: 'anthropic-messages'},
	'messages/count_tokens': {kind: 'count_tokens', format: 'anthropic-messages'},
	'chat/completions': {kind: 'generate', format: 'openai-chat'},
	responses: {kind: 'generate', format: 'openai-responses'},
};

function meaningOf(method: string, rest: string): Meaning {
	if (method === 'POST' && Object.hasOwn(posts, rest)) {
		return posts[rest]!;
	}

	// The list, or one model by its id; an id with a slash in it comes as `%2F`.
	const kind = method === 'GET' && /^models(?:\/[^/]+)?$/.test(rest);
	return {kind: kind ? 'models' : 'other', format: undefined};
}

function hintOf(versions: number): PathFacts['hint'] {
	if (versions === 0) {
		return 'missing_v1';
	}

	return versions > 1 ? 'duplicate_v1' : undefined;
}

function countLeading(segments: readonly string[], word: string): number {
	const other = segments.findIndex((segment) => segment !== word);
	return other === -1 ? segments.length : other;
}

/**
Slashes, backslashes and dots count here however they are written.
*/
const dotSegment = /(?:[/\\]|%2f|%5c)(?:\.|%2e){1,2}(?=[/\\]|%2f|%5c|$)/i;

function refusalOf(path: string): RefusedTarget['reason'] | undefined {
	if (!path.startsWith('/')) {
		return 'not_a_path';
	}

	if (dotSegment.test(path)) {
		return 'dot_segments';
	}

	if (path.includes('\\')) {
		return 'backslash';
	}

	return path.includes('#') ? 'fragment' : undefined;
}

const knownParts = new WeakMap<URL, ReturnType<typeof partsOf>>();

/**
The same few bases are asked for with every request.
*/
function knownPartsOf(base: URL): ReturnType<typeof partsOf> {
	let parts = knownParts.get(base);
	if (parts === undefined) {
		parts = partsOf(base);
		knownParts.set(base, parts);
	}

	return parts;
}

function partsOf(
	base: URL,
): Readonly<{prefix: string; version: string | undefined}> {
	const segments = base.pathname.split('/').filter((part) => part !== '');
	const last = segments.at(-1) ?? '';
	const versioned = /^v\d[\da-z]*$/.test(last);
	const kept = versioned ? segments.slice(0, -1) : segments;
	return {
		prefix: kept.map((part) => `/${part}`).join(''),
		version: versioned ? last : undefined,
	};
}

function withQueryFirst(target: string, search: string): string {
	const query = target.indexOf('?');
	if (query === -1) {
		return `${target}${search}`;
	}

	const own = target.slice(query + 1);
	const path = target.slice(0, query);
	return own === '' ? `${path}${search}` : `${path}${search}&${own}`;
}
