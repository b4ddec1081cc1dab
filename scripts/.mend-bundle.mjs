import fs from 'node:fs';
import {rolldown} from 'rolldown';



/**
Meow checks the licence names of a package.json at every start. Ours is checked by the linter.
*/
const withoutLicenceCheck = {
	name: 'without-licence-check',
	transform(code, id) {
		if (!id.endsWith('meow/build/dependencies.js')) {
			return;
		}

		const call = 'var normalizeExports = requireNormalize();';
		if (!code.includes(call)) {
			throw new Error(`meow has changed: it no longer says ${call}`);
		}

		return code.replace(call, 'var normalizeExports = () => undefined;');
	},
};

const bundle = await rolldown({
	plugins: [withoutLicenceCheck],
	input: {
		bin: 'source/bin.ts',
		'checkpoint-worker': 'source/usage-log/checkpoint-worker.ts',
		'upkeep-worker': 'source/usage-log/upkeep-worker.ts',
	},
	platform: 'node',
	// Native addons cannot be bundled; Ink loads its devtools only when DEV=true.
	external: [/^node:/v, 'better-sqlite3', 'react-devtools-core'],
	transform: {
		// What engines in package.json promises.
		target: 'node22.19',
		jsx: {runtime: 'automatic', development: false},
		define: {'process.env.NODE_ENV': '"production"'},
	},
});
await bundle.write({
	dir: '/tmp/mend/out',
	format: 'esm',
	entryFileNames: '[name].js',
	chunkFileNames: '[name]-[hash].js',
});
await bundle.close();
