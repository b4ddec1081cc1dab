import fs from 'node:fs';
import process from 'node:process';
import {findHome, homeFiles} from './config/home.js';
import {makePrivateFile, refuseIfOthersCanWrite} from './config/permissions.js';

export type Kept = Readonly<
	{kind: 'kept'; file: string} | {kind: 'lost'; trace: string}
>;

/**
Writes where an unexpected error came from to the `crash.log` of the home the command line names.
Answers the trace itself where that cannot be done.
*/
export function keepTrace(error: unknown, argv: readonly string[]): Kept {
	const trace =
		error instanceof Error ? (error.stack ?? error.message) : String(error);
	try {
		const home = findHome({
			flag: homeFlag(argv),
			env: process.env,
			platform: process.platform,
		});
		refuseIfOthersCanWrite(home.data, fs.statSync(home.data));
		const file = homeFiles(home).crashLog;
		makePrivateFile(file);
		fs.appendFileSync(file, `${new Date().toISOString()} ${trace}\n`);
		return {kind: 'kept', file};
	} catch {
		// No home, or none that can be written to. The trace must not be lost with it.
		return {kind: 'lost', trace};
	}
}

// The command line may be what could not be read: only what is plain is used of it.
function homeFlag(argv: readonly string[]): string | undefined {
	const index = argv.indexOf('--home');
	return (
		argv.find((word) => word.startsWith('--home='))?.slice('--home='.length) ??
		(index === -1 ? undefined : argv[index + 1])
	);
}
