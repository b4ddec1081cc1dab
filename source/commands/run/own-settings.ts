import fs from 'node:fs';
import path from 'node:path';
import type {ClaudeSettings} from '../../doctor/machine/claude-settings.js';
import type {Place} from '../../doctor/machine/place.js';
import {UserError} from '../../user-error.js';
import {fieldsOf, isObject, parseJson} from '../../wire/foreign-json.js';

/**
What `--settings` among the words for Claude Code says: JSON, or a file of it. The last one counts, and those before
it not at all. Undefined where there is none. Throws a UserError where it could be read only once.
*/
export function ownSettings(
	words: readonly string[],
	place: Place,
): ClaudeSettings | undefined {
	const index = words.findLastIndex((word) => /^--settings(?:=|$)/v.test(word));
	const word = words[index];
	if (word === undefined) {
		return undefined;
	}

	const value =
		word === '--settings'
			? (words[index + 1] ?? '')
			: word.slice('--settings='.length);
	const isJson = value.trimStart().startsWith('{');
	const file = path.resolve(place.cwd, value);
	if (!isJson) {
		refusePipe(file);
	}

	const {env} = fieldsOf<'env'>(
		parseJson(isJson ? value : textOf(file, place)),
	);
	return {
		file: isJson ? '--settings' : file,
		isManaged: false,
		env: Object.fromEntries(
			Object.entries(isObject(env) ? env : {}).map(([name, one]) => [
				name,
				String(one),
			]),
		),
		hasHelper: false,
		trouble: undefined,
	};
}

/**
What is read from a pipe is gone, and Claude Code would find it empty.
*/
function refusePipe(file: string): void {
	if (fs.statSync(file, {throwIfNoEntry: false})?.isFIFO()) {
		throw new UserError(
			'The settings of --settings come through a pipe, so it cannot be seen whether Claude Code would go past Tollgate.',
			'Nothing was run. Write them into a file, or as JSON behind --settings.',
		);
	}
}

function textOf(file: string, place: Place): string {
	try {
		return place.readFile(file) ?? '';
	} catch {
		// Claude Code says what is wrong with it.
		return '';
	}
}
