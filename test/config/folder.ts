import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {findHome, homeFiles, type Home} from '../../source/config/home.js';

/**
A home of its own in a temporary folder, gone with `using`.
*/
export function temporaryHome(
	toml?: string,
): Disposable & {home: Home; folder: string} {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tollgate-config-'));
	const home = findHome({flag: folder, env: {}, platform: 'linux'});
	if (toml !== undefined) {
		fs.writeFileSync(homeFiles(home).config, toml, {mode: 0o600});
	}

	return {
		home,
		folder,
		[Symbol.dispose]() {
			fs.rmSync(folder, {recursive: true});
		},
	};
}
