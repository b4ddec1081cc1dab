import type {KeyConfig, ServerConfig} from './config.js';
import {show} from './problem.js';
import type {Report} from './read-section.js';
import {isLoopback} from './server-kinds.js';

type Server = Pick<ServerConfig, 'host' | 'requireKey'>;

/**
An address that others can reach needs keys.
*/
export function reportOpenDoor(
	{host, requireKey}: Server,
	report: Report,
): void {
	if (!requireKey && !isLoopback(host)) {
		report({
			path: ['server', 'host'],
			says: `server.host is ${show(host)}, which others can reach, and requests need no key.`,
			hint: 'Write require_key = true under [server] and make a key (tollgate key add NAME), or write "127.0.0.1".',
		});
	}
}

/**
A door that nobody has a key to. What serves already keeps it shut; nothing starts behind it.
*/
export function reportShutDoor(
	{requireKey}: Server,
	keys: readonly KeyConfig[],
	report: Report,
): void {
	if (requireKey && keys.every(({hash}) => hash === undefined)) {
		report({
			path: ['server', 'require_key'],
			says: 'server.require_key is true, and there is no key: every request would be refused.',
			hint: 'Make one: tollgate key add NAME',
		});
	}
}
