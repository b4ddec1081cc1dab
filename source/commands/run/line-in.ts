import type {ClaudeSettings} from '../../doctor/machine/claude-settings.js';
import {tilde, type Place} from '../../doctor/machine/place.js';

/**
Where a settings file sets a variable: `~/.claude/settings.json:4`.
*/
export function lineIn(
	{file}: Pick<ClaudeSettings, 'file'>,
	name: string,
	place: Place,
): string {
	const index = linesOf(file, place).findIndex((line) =>
		line.includes(`"${name}"`),
	);
	return `${tilde(file, place)}${index === -1 ? '' : `:${index + 1}`}`;
}

function linesOf(file: string, place: Place): readonly string[] {
	try {
		return place.readFile(file)?.split('\n') ?? [];
	} catch {
		// Not to be read now: the file alone is named.
		return [];
	}
}
