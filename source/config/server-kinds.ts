import {isIP, isIPv4} from 'node:net';
import {good, otherThan, wrong, type Kind} from './kinds.js';
import {show} from './problem.js';

export const isLoopback = (host: string): boolean =>
	host === 'localhost' ||
	host === '::1' ||
	(isIPv4(host) && host.startsWith('127.'));

/**
Whether others may reach it, the whole section decides.
*/
export const listenHost: Kind<string> = {
	allowed:
		'"127.0.0.1" (or another loopback address: "localhost", "::1"), or any other IP address with require_key = true',
	read: (found) =>
		typeof found === 'string' && (isLoopback(found) || isIP(found) !== 0)
			? good(found)
			: otherThan(found),
};

/**
An origin as browsers send it: scheme, host and port in lower case, nothing behind.
*/
export const origin: Kind<string> = {
	allowed: 'an origin like "http://localhost:5173", without a path',
	read(found) {
		if (
			typeof found !== 'string' ||
			!/^[a-z][\d+\-.a-z]*:\/\/[^\s#*/?@]+$/i.test(found)
		) {
			return otherThan(found);
		}

		const sent = URL.parse(found)?.origin;
		const plain =
			sent === undefined || sent === 'null' ? found.toLowerCase() : sent;
		return plain === found
			? good(found)
			: wrong(`is ${show(found)}, which no browser sends`, `Write "${plain}".`);
	},
};
