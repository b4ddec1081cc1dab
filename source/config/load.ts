import os from 'node:os';
import path from 'node:path';
import {UserError} from '../user-error.js';
import {variable} from './environment.js';
import {readConfigFile} from './config-file.js';
import type {Config, Endpoint, KeyConfig} from './config.js';
import {homeFiles, type Home} from './home.js';
import {loopProblem} from './loop.js';
import {firstProblem, show, type Problem} from './problem.js';
import {readDocument} from './read-document.js';
import {reportShutDoor} from './shut-door.js';
import type {Table} from './table.js';
import type {Lines} from './toml-lines.js';
import {serverSettings} from './settings.js';

export type Flags = Readonly<{port?: number | undefined}>;

/**
The config in force for a home: its file, over it the flags, below it the defaults. Throws a
UserError (exit code 2) at the first thing that is wrong in the file, and says how many more there
are.
*/
export function loadConfig(options: LoadOptions): Config {
	const {config, problems, file, lines} = inspectConfig(options);
	const error = firstProblem(problems, {file, lines});
	if (error !== undefined) {
		throw error;
	}

	// Had something not been understood, that would be the error.
	return config!;
}

export type LoadOptions = Readonly<{
	home: Home;
	env: NodeJS.ProcessEnv;
	flags?: Flags;
	/**
	False for those who only look, or serve already: an endpoint that is the listener is let be, and so is a
	door that no key opens.
	*/
	serving?: boolean;
	/**
	Whether a name is that of a real model, which no alias may have. Without it no name is.
	*/
	isModel?(name: string): boolean;
}>;

/**
What a config says, and all that is wrong in it. `config` is undefined where something is.
*/
export type Inspected = Readonly<{
	config: Config | undefined;
	problems: readonly Problem[];
	/**
	Those that nothing is wrong with, whatever is wrong elsewhere.
	*/
	endpoints: readonly Endpoint[];
	keys: readonly KeyConfig[];
	file: string | undefined;
	/**
	The file as it was parsed.
	*/
	document: Table;
	lines: Lines;
}>;

/**
Reads the config of a home for those who want to hear of all problems at once. Throws a UserError where
the file cannot be read, or not be understood at all.
*/
export function inspectConfig({
	home,
	env,
	flags = {},
	serving = true,
	isModel = () => false,
}: LoadOptions): Inspected {
	const read = readConfigFile(homeFiles(home).config);
	const {file, document, lines} = read ?? nothing;
	const problems: Problem[] = [];
	const report = (problem: Problem) => {
		problems.push(problem);
	};

	const config = readDocument(document, {lines, env, isModel}, report);
	const server = config.server && {
		...config.server,
		port: portOf(flags) ?? config.server.port,
		log: resolveLog(config.server.log, home, env),
	};
	const listener = serving && server && {port: server.port, env};
	const loop = listener && loopProblem(config.endpoints, listener);
	if (loop) {
		report(loop);
	}

	if (serving && server) {
		reportShutDoor(server, config.keys, report);
	}

	const complete = {...config, server, file, lines};
	return {
		// A section that could not be read is among the problems.
		config: problems.length === 0 ? (complete as Config) : undefined,
		problems,
		endpoints: config.endpoints,
		keys: config.keys,
		file,
		document,
		lines,
	};
}

const nothing: Pick<Inspected, 'file' | 'document' | 'lines'> = {
	file: undefined,
	document: {},
	lines: new Map(),
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
