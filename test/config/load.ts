import {inspect} from 'node:util';
import {expect} from 'vitest';
import {loadConfig, type Flags} from '../../source/config/load.js';
import {UserError} from '../../source/user-error.js';
import type {Config} from '../../source/config/config.js';
import {temporaryHome} from './folder.js';

type Given = Readonly<{
	env?: NodeJS.ProcessEnv;
	flags?: Flags;
	serving?: boolean;
	isModel?: (name: string) => boolean;
}>;

/**
Loads a config from a real file.
*/
export function load(
	toml: string | undefined,
	{env = {}, ...given}: Given = {},
): Config {
	using temporary = temporaryHome(toml);
	return loadConfig({home: temporary.home, env, ...given});
}

/**
What the user is told when a config is refused: `LINE: message | hint`.
*/
export function complaint(toml: string | undefined, given: Given = {}): string {
	using temporary = temporaryHome(toml);
	const {home, folder} = temporary;
	try {
		loadConfig({home, env: {}, ...given});
	} catch (error) {
		if (!(error instanceof UserError) || error.exitCode !== 2) {
			throw error;
		}

		// However deep it is looked into, a key that stood in the file is not there.
		expect(inspect(error, {depth: 9, showHidden: true})).not.toContain(
			'sk-secret',
		);
		return `${error.message} | ${error.hint}`
			.replaceAll(`${folder}/config.toml:`, '')
			.replaceAll(folder, 'HOME');
	}

	return 'no complaint';
}
