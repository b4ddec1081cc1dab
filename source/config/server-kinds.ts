import {isIPv4} from 'node:net';
import {good, otherThan, wrong, type Kind} from './kinds.js';
import {show} from './problem.js';

export const isLoopback = (host: string): boolean =>
	host === 'localhost' ||
	host === '::1' ||
	(isIPv4(host) && host.startsWith('127.'));

export const loopbackHost: Kind<string> = {
	allowed: '"127.0.0.1" (or another loopback address: "localhost", "::1")',
	read(found) {
		if (typeof found !== 'string') {
			return otherThan(found);
		}

		return isLoopback(found)
			? good(found)
			: wrong(
					`is ${show(found)}, which others can reach: that needs local keys (require_key), and this version has none`,
				);
	},
};

export const noKeyRequired: Kind<false> = {
	allowed: 'false, or leave it out',
	read(found) {
		if (found === true) {
			return wrong('is true, but this version has no local keys yet');
		}

		return found === false ? good(found) : otherThan(found);
	},
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
