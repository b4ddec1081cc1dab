import fs from 'node:fs';
import {folderOf, logOf} from './log.js';
import {
	bad,
	ok,
	skipped,
	warn,
	type MachineCheck,
	type Remark,
} from './remark.js';
import type {Scene} from './scene.js';

const lowBytes = 1_000_000_000;
const emptyBytes = 50_000_000;

/**
Where the usage log lies.
*/
export const diskCheck: MachineCheck = {
	check: 'disk',
	look(scene) {
		const folder = folderOf(logOf(scene));
		const shared = networkOf(folder, scene);
		return [
			...(shared === undefined
				? []
				: [
						bad(
							`The usage log lies on a network file system (${shared}), on which SQLite cannot be relied on: ${folder}`,
							'Name a place on a disk of this machine with log in [server].',
						),
					]),
			roomIn(folder, scene),
		];
	},
};

function roomIn(folder: string, {freeBytes}: Scene): Remark {
	const free = freeBytes(folder);
	if (free === undefined) {
		return skipped(`The system does not say how much room ${folder} has.`);
	}

	const said = `${showBytes(free)} are free where the usage log lies`;
	if (free >= lowBytes) {
		return ok(`${said}.`);
	}

	const fix = 'Make room there, or name another disk with log in [server].';
	return free < emptyBytes
		? bad(`Only ${said}: ${folder}`, fix)
		: warn(`Only ${said}: ${folder}`, fix);
}

const showBytes = (bytes: number): string =>
	bytes >= 1e9
		? `${(bytes / 1e9).toFixed(bytes < 1e10 ? 1 : 0)} GB`
		: `${Math.floor(bytes / 1e6)} MB`;

/**
File systems whose locks or shared memory are those of another machine.
*/
const networks =
	/^(?:nfs4?|cifs|smb3|smbfs|afs|ncpfs|ceph|lustre|davfs|drvfs|fuse\.(?:sshfs|glusterfs|rclone|s3fs|davfs2?|cifs))$/;

/**
The name of the file system where it is one of those, as Linux tells: the mount that is nearest.
*/
function networkOf(
	folder: string,
	{processes, readFile}: Scene,
): string | undefined {
	if (processes === undefined) {
		return undefined;
	}

	const mounts = textOf(`${processes}/self/mounts`, readFile);
	const real = fs.realpathSync(folder);
	const nearest = mounts
		.split('\n')
		.map((line) => line.split(' '))
		.map(([, at = '', type = '', options = '']) => ({
			at: unescaped(at),
			// So WSL mounts the drives of Windows.
			type: type === '9p' && options.includes('aname=drvfs') ? 'drvfs' : type,
		}))
		.filter(({at}) => at === '/' || real === at || real.startsWith(`${at}/`))
		.toSorted((one, other) => one.at.length - other.at.length)
		.at(-1);
	return nearest && networks.test(nearest.type) ? nearest.type : undefined;
}

/**
Blanks stand there as octal numbers.
*/
const unescaped = (text: string): string =>
	text.replaceAll(/\\(?<octal>[0-7]{3})/g, (_, octal: string) =>
		String.fromCodePoint(Number.parseInt(octal, 8)),
	);

function textOf(file: string, readFile: Scene['readFile']): string {
	try {
		return readFile(file) ?? '';
	} catch {
		// Not ours to see.
		return '';
	}
}
