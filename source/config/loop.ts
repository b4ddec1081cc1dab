import type {Config, Endpoint} from './config.js';
import {firstProblem, pathText, type Problem} from './problem.js';
import {nameFor} from './read-endpoints.js';
import {isLoopback} from './server-kinds.js';

type Listener = Readonly<{
	/**
	The port it has, or will have.
	*/
	port: number;
	env: NodeJS.ProcessEnv;
}>;

/**
Throws when an endpoint is the listener itself: requests would go round and round.
*/
export function refuseLoop(config: Config, listener: Listener): void {
	const problem = loopProblem(config.endpoints, listener);
	const error = firstProblem(problem ? [problem] : [], {
		file: config.file,
		lines: new Map(),
	});
	if (error !== undefined) {
		throw error;
	}
}

export function loopProblem(
	endpoints: readonly Endpoint[],
	{port, env}: Listener,
): Problem | undefined {
	const own = endpoints.find(({url}) => isOwn(url, port));
	return (
		own && {
			path: ['endpoints', own.name, 'url'],
			says: `The endpoint "${own.name}" (${own.url.origin}) is this passthrough itself, listening on port ${port}.`,
			hint: isImplied(own, env)
				? 'Unset ANTHROPIC_BASE_URL here: it is meant for the agent.'
				: `Write the address of the API in ${pathText(['endpoints', own.name, 'url'])}.`,
		}
	);
}

function isOwn(url: URL, port: number): boolean {
	const host = url.hostname.replaceAll(/[[\]]/g, '');
	const usual = url.protocol === 'https:' ? 443 : 80;
	const here = isLoopback(host) || host === '0.0.0.0' || host === '::';
	return here && Number(url.port || usual) === port;
}

/**
Whether it comes from the variable: nobody would choose the name it gets there.
*/
function isImplied({name, url}: Endpoint, env: NodeJS.ProcessEnv): boolean {
	return (
		URL.parse(env['ANTHROPIC_BASE_URL'] ?? '')?.href === url.href &&
		name === nameFor(url)
	);
}
