import {Buffer} from 'node:buffer';
import {headerOf, type HeaderList} from './header-list.js';
import {elementsOf, isEmptyList, isList} from './json-list.js';
import {decodedString, isWord, type Range} from './json-range.js';
import {scanInside, scanTopLevel, type FoundValue} from './json-scan.js';
import {splice, type Edit} from './splice.js';

export type ModelShape = 'anthropic' | 'openai';

/**
What only Anthropic's clients send (both credentials of its SDK may come as Bearer).
*/
const anthropicHeaders = ['anthropic-version', 'anthropic-beta', 'x-api-key'];

/**
The shape in which the client that sent these headers expects models. OpenAI's clients have a Bearer
token and nothing else to know them by.
*/
export function shapeAsked(headers: HeaderList): ModelShape {
	return anthropicHeaders.some((name) => headerOf(headers, name) !== undefined)
		? 'anthropic'
		: 'openai';
}

/**
The id in the path of `GET /v1/models/ID`, as it is meant; undefined for that of the list. `upstreamPath`
as `recognise` gives it for a request of the kind `models`.
*/
export function modelIdAsked(upstreamPath: string): string | undefined {
	const id = /^\/v1\/models\/(?<id>[^?]+)/.exec(upstreamPath)?.groups!['id'];
	if (id === undefined) {
		return undefined;
	}

	try {
		return decodeURIComponent(id);
	} catch {
		// No encoding at all: then it means what it says.
		return id;
	}
}

/**
An alias as a model: the body of `GET /v1/models/ALIAS`, and an entry of the list. `createdAt` in epoch
milliseconds.
*/
export function aliasModel(
	name: string,
	shape: ModelShape,
	createdAt: number,
): string {
	return JSON.stringify(
		shape === 'anthropic'
			? {
					type: 'model',
					id: name,
					display_name: name,
					created_at: new Date(createdAt).toISOString(),
				}
			: {
					id: name,
					object: 'model',
					created: Math.floor(createdAt / 1000),
					owned_by: 'tollgate',
				},
	);
}

/**
The answer to `GET /v1/models` with the aliases at the end of its list, all other bytes as they were.
`body` in plain bytes; it is answered itself where there is nothing to add: it is no list, or all
aliases stand in it, or more pages follow (the last one gets them). `createdAt` in epoch milliseconds.
*/
export function withAliases(
	body: Buffer,
	{
		aliases,
		shape,
		createdAt,
	}: Readonly<{
		aliases: readonly string[];
		shape: ModelShape;
		createdAt: number;
	}>,
): Buffer {
	const values = scanTopLevel(body, pageKeys)?.values ?? [];
	const last = (key: PageKey) => values.findLast((value) => value.key === key);
	const more = last('has_more');
	const data = last('data');
	if (!data || !isList(body, data) || (more && isWord(body, more, 'true'))) {
		return body;
	}

	const added = [...notListed(body, data, aliases)];
	if (added.length === 0) {
		return body;
	}

	const entries = added.map((name) => aliasModel(name, shape, createdAt));
	return splice(body, [
		addEdit(body, data, entries.join(',')),
		...idEdits(values, 'last_id', added.at(-1)!),
		...(isEmptyList(body, data) ? idEdits(values, 'first_id', added[0]!) : []),
	]);
}

const pageKeys = ['data', 'has_more', 'first_id', 'last_id'] as const;
type PageKey = (typeof pageKeys)[number];

function notListed(
	body: Buffer,
	data: Range,
	aliases: readonly string[],
): ReadonlySet<string> {
	const names = new Set(aliases);
	for (const entry of elementsOf(body, data)) {
		const id = scanInside(body, entry, ['id'])?.values.at(-1);
		names.delete((id && decodedString(body, id)) ?? '');
	}

	return names;
}

function addEdit(body: Buffer, data: Range, entries: string): Edit {
	const at = data.end - 1;
	const bytes = Buffer.from(isEmptyList(body, data) ? entries : `,${entries}`);
	return {start: at, end: at, bytes};
}

function idEdits(
	values: readonly FoundValue[],
	key: PageKey,
	id: string,
): readonly Edit[] {
	const bytes = Buffer.from(JSON.stringify(id));
	return values
		.filter((value) => value.key === key)
		.map(({start, end}) => ({start, end, bytes}));
}
