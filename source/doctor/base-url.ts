import {isLoopback} from '../config/server-kinds.js';

/**
What is wrong with the way a base URL is written, and how it should be.
*/
export type Misspelt = Readonly<{
	/**
	Goes on from "The url ".
	*/
	wrong: string;
	right: URL;
}>;

/**
A base URL as a person wrote it. One that names no scheme is taken for https, or http where it is of this
machine. Undefined where it is no URL whatever one does.
*/
export function readBaseUrl(text: string): URL | undefined {
	const trimmed = text.trim();
	const isWhole = /^[a-z][\d+\-.a-z]*:\/\//i.test(trimmed);
	const isHere = isLoopback(trimmed.split(/[/:]/, 1)[0]!);
	const url = URL.parse(
		isWhole ? trimmed : `${isHere ? 'http' : 'https'}://${trimmed}`,
	);
	return url !== null &&
		url.hostname !== '' &&
		['http:', 'https:'].includes(url.protocol)
		? url
		: undefined;
}

/**
The last parts of the URLs that requests go to. None of them belongs to a base URL.
*/
const endpointPath =
	/\/(?:messages(?:\/count_tokens)?|(?:chat\/)?completions|responses|models|embeddings)$/i;

/**
What can be told from the look of a base URL alone; undefined where nothing is wrong with it.
*/
export function misspelt(base: URL): Misspelt | undefined {
	const path = pathOf(base);
	const ending = endpointPath.exec(path)?.[0];
	const bare = ending === undefined ? path : path.slice(0, -ending.length);
	const parts = bare.split('/');
	const single = parts
		.filter((part, index) => part !== 'v1' || parts[index - 1] !== 'v1')
		.join('/');
	if (single === path) {
		return undefined;
	}

	return {
		wrong:
			ending === undefined
				? 'has /v1 in it twice'
				: `is that of one kind of request (it ends in ${ending}), not the base of all`,
		right: withPath(base, single),
	};
}

/**
Without slashes that mean nothing: `` or `/api/v1`.
*/
const pathOf = ({pathname}: URL): string =>
	pathname
		.split('/')
		.filter((part) => part !== '')
		.map((part) => `/${part}`)
		.join('');

/**
Where else the API may be, at the same scheme, host and port; the likeliest first.
*/
export function neighbours(base: URL): readonly URL[] {
	const own = normal(base);
	const segments = pathOf(base).split('/').slice(1);
	const parents = segments.map((_, index) =>
		segments.slice(0, segments.length - index - 1).join('/'),
	);
	const candidates = [misspelt(base)?.right.pathname, ...parents, ...usual]
		.filter((path) => path !== undefined)
		.map((path) => withPath(base, path));
	return candidates.filter(
		(one, index) =>
			normal(one) !== own &&
			candidates.findIndex((other) => normal(other) === normal(one)) === index,
	);
}

/**
Where gateways keep their APIs. `/v1` stands for both formats: it is added where the base has none.
*/
const usual = ['', 'api', 'api/anthropic', 'anthropic', 'openai'];

/**
The same base URL over the other scheme. A port that was named stays.
*/
export function otherScheme(base: URL): URL {
	const other = new URL(base);
	other.protocol = base.protocol === 'https:' ? 'http:' : 'https:';
	return other;
}

/**
How it is to be written in the config. No query: it may hold a credential.
*/
export const written = (base: URL): string =>
	`${base.origin}${pathOf(base)}${base.search === '' ? '' : '?…'}`;

/**
Two bases with the same text are asked at the same places.
*/
const normal = (base: URL): string =>
	`${base.origin}${pathOf(base).replace(/\/v1$/, '')}`;

function withPath(base: URL, path: string): URL {
	const url = new URL(base);
	url.pathname = path === '' ? '/' : path;
	return url;
}
