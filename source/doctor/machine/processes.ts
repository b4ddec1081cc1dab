import fs from 'node:fs';
import path from 'node:path';

export type Process = Readonly<{
	pid: number;
	parent: number;
	/**
	As the system calls it, 15 characters at most.
	*/
	name: string;
	args: readonly string[];
	/**
	As it was when the process began.
	*/
	env: NodeJS.ProcessEnv;
	cwd: string | undefined;
}>;

/**
The processes of a user that are of interest, as Linux tells of them in `folder`. Those that may not be looked
at, or are gone in the meantime, are left out.
*/
export function processesOf(
	folder: string,
	{
		uid,
		isWanted,
	}: Readonly<{
		uid: number | undefined;
		isWanted(process: Pick<Process, 'name' | 'args'>): boolean;
	}>,
): readonly Process[] {
	return pidsIn(folder).flatMap((pid) => {
		const at = path.join(folder, String(pid));
		try {
			if (uid !== undefined && fs.statSync(at).uid !== uid) {
				return [];
			}

			const name = fs.readFileSync(path.join(at, 'comm'), 'utf8').trim();
			const args = partsOf(path.join(at, 'cmdline'));
			const env = environmentOf(folder, pid);
			return env !== undefined && isWanted({name, args})
				? [{pid, parent: parentOf(at), name, args, env, cwd: cwdOf(at)}]
				: [];
		} catch {
			// Gone, or not ours to see.
			return [];
		}
	});
}

/**
What a process was started with; undefined where that is not told.
*/
export function environmentOf(
	folder: string | undefined,
	pid: number,
): NodeJS.ProcessEnv | undefined {
	if (folder === undefined) {
		return undefined;
	}

	try {
		return Object.fromEntries(
			partsOf(path.join(folder, String(pid), 'environ')).map((pair) => {
				const at = pair.indexOf('=');
				return [pair.slice(0, at), pair.slice(at + 1)];
			}),
		);
	} catch {
		// Gone, or not ours to see.
		return undefined;
	}
}

function pidsIn(folder: string): readonly number[] {
	try {
		return fs
			.readdirSync(folder)
			.filter((name) => /^\d+$/.test(name))
			.map(Number);
	} catch {
		// No such folder: a container may do without.
		return [];
	}
}

const partsOf = (file: string): readonly string[] =>
	fs
		.readFileSync(file, 'utf8')
		.split('\0')
		.filter((part) => part !== '');

/**
Stands behind the name, which may hold anything, in brackets.
*/
function parentOf(at: string): number {
	const stat = fs.readFileSync(path.join(at, 'stat'), 'utf8');
	return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ', 2)[1]);
}

function cwdOf(at: string): string | undefined {
	try {
		return fs.readlinkSync(path.join(at, 'cwd'));
	} catch {
		// Not ours to see.
		return undefined;
	}
}
