import {looksLikeKey} from './looks-like-key.js';

const most = 6;

/**
Names of variables that are set and most likely hold the key of an endpoint, those first that are called like it.
*/
export function likelyVariables(
	env: Readonly<Record<string, string | undefined>>,
	endpoint: string,
): readonly string[] {
	const own = endpoint.toUpperCase().replaceAll('-', '_');
	const isOwn = (name: string) => Number(name.startsWith(own));
	return Object.keys(env)
		.filter(
			(name) =>
				env[name] !== '' &&
				(/^[A-Z][\dA-Z_]*_(?:API_KEY|AUTH_TOKEN)$/v.test(name) ||
					(isOwn(name) === 1 && /KEY|TOKEN/v.test(name))) &&
				!looksLikeKey(name),
		)
		.toSorted(
			(one, other) => isOwn(other) - isOwn(one) || one.localeCompare(other),
		)
		.slice(0, most);
}
