import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {rolldown} from 'rolldown';

/**
Makes one plain JavaScript file of a TypeScript program, in a temporary folder; answers its path.
*/
export async function bundleProgram(input: string): Promise<string> {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tollgate-program-'));
	const bundle = await rolldown({
		input: {program: input},
		platform: 'node',
		external: [/^node:/v, 'react-devtools-core'],
		transform: {
			jsx: {runtime: 'automatic', development: false},
			define: {'process.env.NODE_ENV': '"production"'},
		},
	});
	await bundle.write({
		dir: folder,
		format: 'esm',
		entryFileNames: '[name].mjs',
	});
	await bundle.close();
	return path.join(folder, 'program.mjs');
}
