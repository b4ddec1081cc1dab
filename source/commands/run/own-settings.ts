import path from 'node:path';
import type {ClaudeSettings} from '../../doctor/machine/claude-settings.js';
import type {Place} from '../../doctor/machine/place.js';
import {fieldsOf, isObject, parseJson} from '../../wire/foreign-json.js';

/**
What `--settings` among the words for Claude Code says: JSON, or a file of it. The last one counts, and those before
it not at all. Undefined where there is none.
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

function textOf(file: string, place: Place): string {
	try {
		return place.readFile(file) ?? '';
	} catch {
		// Claude Code says what is wrong with it.
		return '';
	}
}
