import type {Config, Endpoint} from '../../config/config.js';
import type {Facts} from './setup.js';

/**
What of a config decides how clients are set up.
*/
export function factsFrom(
	{endpoints, server, hold}: Config,
	{
		url,
		keyVariable,
		env,
	}: Readonly<{
		url: string;
		keyVariable: string | undefined;
		env: NodeJS.ProcessEnv;
	}>,
): Facts {
	const passedOn = endpoints.filter(({key}) => key.kind === 'agent');
	return {
		url,
		holdsKeys: passedOn.length === 0,
		keyVariable,
		dropsAttribution:
			endpoints.some((endpoint) => isElsewhere(endpoint)) &&
			passedOn.every((endpoint) => isElsewhere(endpoint)),
		patienceMs: hold.silentMs + server.headerTimeoutMs,
		env,
	};
}

/**
It takes what Claude Code sends, and is not Anthropic's.
*/
const isElsewhere = ({url, formats}: Endpoint): boolean =>
	formats.includes('anthropic-messages') &&
	url.hostname !== 'api.anthropic.com';

/**
Where a passthrough of this config will listen; undefined where that is not known before it does.
*/
export function configuredUrl({server}: Config): string | undefined {
	const {host, port} = server;
	return port === 0
		? undefined
		: reachable(`http://${host.includes(':') ? `[${host}]` : host}:${port}`);
}

/**
An address that clients on this machine can ask: one that listens everywhere is asked here.
*/
export function reachable(url: string): string {
	const parsed = new URL(url);
	const here = {'0.0.0.0': '127.0.0.1', '[::]': '[::1]'}[parsed.hostname];
	return here === undefined ? url : `http://${here}:${parsed.port}`;
}
