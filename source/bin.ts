#!/usr/bin/env node
// Nothing of ours and no dependency is imported statically here: imports run first, and the native
// ones would crash an old Node before it could be told what is missing.
import process from 'node:process';

const wanted = [22, 19] as const;
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < wanted[0] || (major === wanted[0] && minor < wanted[1])) {
	process.stderr.write(
		`Tollgate needs Node.js ${wanted.join('.')} or newer; this is ${process.version}. Install a newer one and start Tollgate again.\n`,
	);
	process.exitCode = 2;
} else {
	const {compileCacheFolder} = await import('./compile-cache.js');
	const folder = compileCacheFolder();
	if (folder !== undefined) {
		const {enableCompileCache} = await import('node:module');
		enableCompileCache(folder);
	}

	const {run} = await import('./cli.js');
	await run(process.argv.slice(2));
}
