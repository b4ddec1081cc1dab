import {once} from 'node:events';
import net from 'node:net';
import {commandFor} from '../../config/home.js';
import {
	holderInWords,
	holderOfPort,
	type PortHolder,
} from '../../control/port-holder.js';
import {bad, ok, skipped, type MachineCheck, type Remark} from './remark.js';
import {kindOf, portOf, type Scene} from './scene.js';

export const portCheck: MachineCheck = {
	check: 'port',
	async look(scene) {
		const {config, url, found} = scene;
		if (config === undefined) {
			return [skipped('Which port it is, the config has to say first.')];
		}

		const {host, port} = config.server;
		if (port === 0) {
			return [ok('Any port that is free.')];
		}

		if (kindOf(found) !== 'none' && url !== undefined && portOf(url) === port) {
			return [ok(`Port ${port} is taken by the passthrough of this home.`)];
		}

		const code = await whyNot(host, port);
		if (code === undefined) {
			return [ok(`Port ${port} is free.`)];
		}

		return [
			code === 'EADDRINUSE'
				? taken(port, await holderOfPort({host, port}), scene)
				: bad(
						`Nothing can listen on ${host}:${port} (${code}).`,
						'Choose another host or port in [server].',
					),
		];
	},
};

function taken(
	port: number,
	holder: PortHolder,
	{home, env, platform}: Scene,
): Remark {
	if (holder.kind === 'tollgate' && holder.identity.home === home.data) {
		return ok(`Port ${port} is taken by a passthrough of this home.`);
	}

	return bad(
		`Port ${port} is taken by ${holderInWords(holder)}.`,
		holder.kind === 'tollgate'
			? `Join that one with: ${commandFor(holder.identity.home, env, platform)}. Or choose another port in [server].`
			: 'Choose another port in [server]; 0 takes any that is free.',
	);
}

/**
The code of the system where nothing can listen there. What listens for the try is gone at once.
*/
async function whyNot(host: string, port: number): Promise<string | undefined> {
	const server = net.createServer();
	try {
		server.listen({host, port, exclusive: true});
		await once(server, 'listening');
		return undefined;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code ?? 'unknown';
	} finally {
		server.close();
	}
}
