import {once} from 'node:events';
import net from 'node:net';
import {cleanText} from '../../exchange/clean.js';
import {askIdentity} from '../../control/identity.js';
import {UserError} from '../../user-error.js';
import {isHere, isLoopbackHost, portOf, type Scene} from './scene.js';

/**
Where a base URL leads.
- `here`: to the passthrough of this home, whether it runs or not.
- `secure`: there as well, by https, which it does not speak.
- `tollgate`: to one of another home.
- `program`, `nobody`: to a port of this machine.
- `away`: to another machine, or to none that can be told.
*/
export type Pointing = Readonly<
	| {kind: 'here' | 'secure' | 'program' | 'nobody' | 'away'}
	| {kind: 'tollgate'; home: string}
>;

/**
Asks whoever listens, on this machine alone.
*/
export async function pointingOf(
	baseUrl: string,
	scene: Scene,
): Promise<Pointing> {
	if (isHere(scene, baseUrl)) {
		return {kind: 'here'};
	}

	if (isHere(scene, baseUrl.replace(/^https:/i, 'http:'))) {
		return {kind: 'secure'};
	}

	const url = URL.parse(baseUrl);
	if (url === null || !isLoopbackHost(url)) {
		return {kind: 'away'};
	}

	const identity = await askIdentity(url.origin);
	if (identity !== undefined) {
		const {found, home} = scene;
		const running =
			found instanceof UserError || found.kind !== 'serving'
				? undefined
				: found.identity;
		const isOurs =
			running === undefined
				? identity.home === home.data
				: identity.instance === running.instance;
		return isOurs ? {kind: 'here'} : {kind: 'tollgate', home: identity.home};
	}

	return {kind: (await listens(url)) ? 'program' : 'nobody'};
}

/**
A base URL without what may be secret in it, for a terminal.
*/
export function shownUrl(baseUrl: string): string {
	const url = URL.parse(baseUrl);
	return url?.protocol === 'http:' || url?.protocol === 'https:'
		? cleanText(`${url.origin}${url.pathname}`.replace(/\/$/, ''))
		: 'what is no URL';
}

/**
The base URL to give to clients that want it with or without the version. A placeholder where it is not known.
*/
export const urlToGive = (
	{url}: Pick<Scene, 'url'>,
	{withVersion = false}: Readonly<{withVersion?: boolean}> = {},
): string =>
	`${url === undefined ? 'http://127.0.0.1:PORT' : url.origin}${withVersion ? '/v1' : ''}`;

async function listens(url: URL): Promise<boolean> {
	const socket = net.connect({
		host: url.hostname.replaceAll(/[[\]]/g, ''),
		port: portOf(url),
		signal: AbortSignal.timeout(1500),
	});
	try {
		await once(socket, 'connect');
		return true;
	} catch {
		// Refused, or no answer: nobody who could serve an agent.
		return false;
	} finally {
		socket.destroy();
	}
}
