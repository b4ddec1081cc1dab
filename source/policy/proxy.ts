import {isLoopback} from './door.js';

/**
The proxy on the way to an endpoint, by the usual variables: HTTPS_PROXY and HTTP_PROXY by the scheme
of the endpoint (HTTP_PROXY stands in for the other), NO_PROXY for what needs none; lower case counts
first. What is on this machine needs none. Undefined for none, and for what is not a URL.
*/
export function proxyFor(
	endpoint: URL,
	env: Readonly<Record<string, string | undefined>>,
): URL | undefined {
	// An empty one is as good as none.
	const said = (name: string) =>
		[env[name.toLowerCase()], env[name]].find(Boolean);
	const proxy =
		(endpoint.protocol === 'https:' ? said('HTTPS_PROXY') : undefined) ??
		said('HTTP_PROXY');
	if (
		proxy === undefined ||
		isLoopback(endpoint.hostname) ||
		needsNone(endpoint, said('NO_PROXY') ?? '')
	) {
		return undefined;
	}

	// `proxy:3128` is how many write it.
	return (
		URL.parse(/^[a-z]+:\/\//iv.test(proxy) ? proxy : `http://${proxy}`) ??
		undefined
	);
}

/**
Names between commas or blanks, each with all that is below it, with a port or for any; `*` for all.
*/
function needsNone({protocol, hostname, port}: URL, list: string): boolean {
	const actualPort = port || (protocol === 'https:' ? '443' : '80');
	return list.split(/[\s,]+/v).some((entry) => {
		const {name, only} =
			/^(?:\*?\.)?(?<name>\[[^\]]+\]|[^:]+)(?::(?<only>\d+))?$/v.exec(
				entry.toLowerCase(),
			)?.groups ?? {};
		return (
			name !== undefined &&
			(only === undefined || only === actualPort) &&
			(name === '*' || hostname === name || hostname.endsWith(`.${name}`))
		);
	});
}
