import fs from 'node:fs';
import {rolldown} from 'rolldown';

fs.rmSync('dist', {recursive: true, force: true});

const bundle = await rolldown({
	input: {
		bin: 'source/bin.ts',
		'checkpoint-worker': 'source/usage-log/checkpoint-worker.ts',
	},
	platform: 'node',
	// Native addons cannot be bundled; Ink loads its devtools only when DEV=true.
	external: [/^node:/v, 'better-sqlite3', 'react-devtools-core'],
	transform: {
		jsx: {runtime: 'automatic', development: false},
		define: {'process.env.NODE_ENV': '"production"'},
	},
});
await bundle.write({
	dir: 'dist',
	format: 'esm',
	entryFileNames: '[name].js',
	chunkFileNames: '[name]-[hash].js',
});
await bundle.close();
