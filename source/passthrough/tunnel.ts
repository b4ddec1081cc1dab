import {Buffer} from 'node:buffer';
import http from 'node:http';
import https from 'node:https';
import net, {type Socket} from 'node:net';
import tls from 'node:tls';
import type {buildConnector} from 'undici';

/**
Connects through a proxy: by CONNECT, so that the proxy sees nothing and changes nothing of what is
said. TLS is spoken with the endpoint, and verified, as without it.
*/
export function tunnelThrough(
	proxy: URL,
	{timeoutMs}: Readonly<{timeoutMs: number}>,
): buildConnector.connector {
	return ({hostname, protocol, port, servername}, callback) => {
		const target = `${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`;
		const request = (proxy.protocol === 'https:' ? https : http).request({
			host: bare(proxy.hostname),
			port: proxy.port,
			method: 'CONNECT',
			path: target,
			headers: {host: target, ...authorization(proxy)},
			agent: false,
		});
		let tunnel: Socket | undefined;
		const fail = (error: Error) => {
			clearTimeout(patience);
			callback(error, null);
		};

		const patience = setTimeout(() => {
			(tunnel ?? request).destroy(
				failure('ETIMEDOUT', 'There is no way through the proxy.'),
			);
		}, timeoutMs);
		request.once('error', fail);
		request.once('connect', ({statusCode}, socket: Socket, head) => {
			if (statusCode !== 200) {
				socket.destroy();
				fail(failure(`PROXY_${statusCode!}`, 'The proxy refused.'));
				return;
			}

			socket.setNoDelay(true);
			socket.unshift(head);
			tunnel =
				protocol === 'https:' ? secure(socket, {hostname, servername}) : socket;
			tunnel.once('error', fail);
			const ready = () => {
				clearTimeout(patience);
				tunnel!.off('error', fail);
				callback(null, tunnel!);
			};

			if (tunnel === socket) {
				ready();
			} else {
				tunnel.once('secureConnect', ready);
			}
		});
		request.end();
	};
}

function secure(
	socket: Socket,
	{hostname, servername}: Readonly<{hostname: string; servername?: string}>,
): Socket {
	const host = bare(hostname);
	const name = servername ?? host;
	return tls.connect({
		socket,
		host,
		ALPNProtocols: ['http/1.1'],
		// An address is no name to ask for (RFC 6066, 3).
		...(net.isIP(name) === 0 && {servername: name}),
	});
}

const bare = (hostname: string): string => hostname.replaceAll(/^\[|\]$/gv, '');

function authorization({
	username,
	password,
}: URL): Readonly<Record<string, string>> {
	if (username === '') {
		return {};
	}

	const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
	return {
		'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}`,
	};
}

function failure(code: string, message: string): Error {
	return Object.assign(new Error(message), {code});
}
