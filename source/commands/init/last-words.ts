import {quoteForShell} from '../../config/permissions.js';

/**
What was done, and what to do next. `home` is the folder that was named on the command line.
*/
export function lastWords(file: string, home: string | undefined): string {
	const program =
		home === undefined ? 'tollgate' : `tollgate --home ${quoteForShell(home)}`;
	return [
		`Wrote ${file}`,
		`Next: ${program} doctor`,
		`Then: ${program} run -- claude`,
	].join('\n');
}
