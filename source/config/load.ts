import os from 'node:os';
import path from 'node:path';
import {UserError} from '../user-error.js';
import {variable} from './environment.js';
import {readConfigFile} from './config-file.js';
import type {Config} from './config.js';
import {homeFiles, type Home} from './home.js';
import {loopProblem} from './loop.js';
import {firstProblem, show, type Problem} from './problem.js';
import {readDocument} from './read-document.js';
import {serverSettings} from './settings.js';

export type Flags = Readonly<{port?: number | undefined}>;

/**
The config in force for a home: its file, over it the flags, below it the defaults. Throws a
UserError (exit code 2) at the first thing that is wrong in the file, and says how many more there
are. `serving: false` is for those who only look: an endpoint that is the listener is let be.
*/
export function loadConfig({
	home,
	env,
	flags = {},
	serving = true,
}: {
	home: Home;
	env: NodeJS.ProcessEnv;
	flags?: Flags;
	serving?: boolean;
}): Config {
	const read = readConfigFile(homeFiles(home).config);
	const {file, document, lines} = read ?? nothing;
	const problems: Problem[] = [];
	const config = readDocument(document, {lines, env}, (problem) => {
		problems.push(problem);
	});
	const server = config.server && {
		...config.server,
		port: portOf(flags) ?? config.server.port,
		log: resolveLog(config.server.log, home, env),
	};
	const listener = serving && server && {port: server.port, env};
	const loop = listener && loopProblem(config.endpoints, listener);
	const error = firstProblem(loop ? [...problems, loop] : problems, {
		file,
		lines,
	});
	if (error !== undefined) {
		throw error;
	}

	// Had one not been understood, that would be the error.
	return {
		...config,
		server: server!,
		day: config.day!,
		log: config.log!,
		file,
	};
}

const nothing = {
	file: undefined,
	document: {},
	lines: new Map<string, number>(),
};

function portOf({port}: Flags): number | undefined {
	if (port === undefined) {
		return undefined;
	}

	const reading = serverSettings.port.kind.read(port);
	if (reading.kind === 'wrong') {
		throw new UserError(
			`--port is ${show(port)}.`,
			`Write ${serverSettings.port.kind.allowed}.`,
			{
				exitCode: 2,
			},
		);
	}

	return reading.value;
}

/**
Absolute; a relative path is in the home.
*/
function resolveLog(log: string, home: Home, env: NodeJS.ProcessEnv): string {
	const ofUser = /^~(?=\/)/;
	return path.resolve(
		home.data,
		log.replace(ofUser, () => variable(env, 'HOME') ?? os.homedir()),
	);
}
