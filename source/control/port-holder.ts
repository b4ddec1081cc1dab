import fs from 'node:fs';
import {askIdentity} from './identity.js';
import type {Identity} from './passthrough-row.js';

/**
Who has a port that was taken. `program`: its name and number, where the system tells.
*/
export type PortHolder = Readonly<
	| {kind: 'tollgate'; identity: Identity}
	| {kind: 'other'; program: string | undefined}
>;

export async function holderOfPort({
	host,
	port,
}: Readonly<{host: string; port: number}>): Promise<PortHolder> {
	const identity = await askIdentity(
		`http://${host.includes(':') ? `[${host}]` : host}:${port}`,
	);
	return identity === undefined
		? {kind: 'other', program: processOn(port)}
		: {kind: 'tollgate', identity};
}

/**
Goes on from "Port 4141 is taken by ".
*/
export const holderInWords = (holder: PortHolder): string =>
	holder.kind === 'tollgate'
		? `the Tollgate of ${holder.identity.home}, process ${holder.identity.pid}`
		: `another program${holder.program === undefined ? '' : ` (${holder.program})`}`;

/**
Which process listens on a port, where the system tells: Linux does.
*/
function processOn(port: number): string | undefined {
	try {
		const hex = port.toString(16).toUpperCase().padStart(4, '0');
		const inodes = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) =>
			fs
				.readFileSync(file, 'utf8')
				.split('\n')
				.map((line) => line.trim().split(/\s+/v))
				.filter(
					(fields) => fields[1]?.endsWith(`:${hex}`) && fields[3] === '0A',
				)
				.map((fields) => `socket:[${fields[9]!}]`),
		);
		for (const pid of fs.readdirSync('/proc')) {
			if (/^\d+$/v.test(pid) && holdsOneOf(pid, inodes)) {
				const name = fs.readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
				return `${name}, process ${pid}`;
			}
		}
	} catch {
		// Not Linux, or not ours to see.
	}

	return undefined;
}

function holdsOneOf(pid: string, sockets: readonly string[]): boolean {
	try {
		return fs
			.readdirSync(`/proc/${pid}/fd`)
			.some((descriptor) =>
				sockets.includes(fs.readlinkSync(`/proc/${pid}/fd/${descriptor}`)),
			);
	} catch {
		// Another user's, or gone.
		return false;
	}
}
