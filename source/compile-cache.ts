import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';

/**
A folder of this user's own for compiled code, in the system's temporary one; made where it is missing.
Undefined where it cannot be had for us alone: what is in it is run without being read again, so nobody
else may put anything there. Node's own usual folder is everybody's.
*/
export function compileCacheFolder(): string | undefined {
	const uid = process.getuid?.();
	const folder = path.join(os.tmpdir(), `compile-cache-tollgate-${uid ?? ''}`);
	try {
		make(folder);
		const stats = fs.lstatSync(folder);
		const isOurs = stats.isDirectory() && stats.uid === uid;
		return isOurs && stats.mode % 0o100 === 0 ? folder : undefined;
	} catch {
		// Without it, starting takes a little longer.
		return undefined;
	}
}

/**
The folder alone: where the temporary one is missing, it is not ours to make.
*/
function make(folder: string): void {
	try {
		fs.mkdirSync(folder, {mode: 0o700});
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
			throw error;
		}
	}
}
