/**
Names of parameters that carry what may not be kept: keys, tokens, and the codes of signed URLs.
*/
const secretName = /key|token|secret|sig|auth|code|password/iv;

/**
The credentials that stand in the query of a URL or request target, as they are written and as they are
meant.
*/
export function secretsInQuery(target: string): readonly string[] {
	const at = target.indexOf('?');
	if (at === -1) {
		return [];
	}

	const query = target.slice(at + 1);
	// Most queries name none; a name may be written with escapes.
	if (!secretName.test(query) && !query.includes('%')) {
		return [];
	}

	const plain = [...new URLSearchParams(query)];
	const written = query
		.split('&')
		.map((pair) => [pair, pair.slice(pair.indexOf('=') + 1)] as const);
	return [...plain, ...written]
		.filter(([name]) => secretName.test(name))
		.map(([, value]) => value);
}
