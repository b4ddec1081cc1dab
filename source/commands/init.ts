import process from 'node:process';
import {variable} from '../config/environment.js';
import {findHome, homeFiles, prepareHome, type Home} from '../config/home.js';
import type {Given} from './command.js';
import {createAsk} from './doctor/real-ask.js';
import {Left, type Asker} from './init/asker.js';
import {byDefault} from './init/by-default.js';
import {composeConfig} from './init/compose.js';
import {createConfig, refuseExisting} from './init/create-config.js';
import {readFlags, type Said} from './init/flags.js';
import {gather} from './init/gather.js';
import {lastWords} from './init/last-words.js';
import {reachEndpoint} from './init/reach.js';
import {refuseWrongConfig} from './init/read-back.js';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
Writes a first config: of flags, and of what somebody at the terminal answers. Never over one that is there.
*/
export async function init(given: Given): Promise<void> {
	const {env, platform} = process;
	const said = readFlags(given, env);
	const flag = given.flags['home'] as string | undefined;
	const home = findHome({flag, env, platform});
	if (!said.dryRun) {
		refuseExisting(homeFiles(home).config);
	}

	const left = new AbortController();
	const leave = () => {
		left.abort();
	};

	for (const name of signals) {
		process.on(name, leave);
	}

	try {
		const written = await makeConfig(home, said, left.signal);
		process.stdout.write(
			said.dryRun ? written.toml : `${lastWords(written.file, flag)}\n`,
		);
	} catch (error) {
		if (!(error instanceof Left)) {
			throw error;
		}

		// The terminal has shown the keys that made the signal.
		const isBehindKeys = left.signal.aborted && process.stderr.isTTY;
		process.stderr.write(`${isBehindKeys ? '\n' : ''}Nothing was written.\n`);
		process.exitCode = 130;
	} finally {
		for (const name of signals) {
			process.off(name, leave);
		}
	}
}

async function makeConfig(
	home: Home,
	said: Said,
	left: AbortSignal,
): Promise<Readonly<{file: string; toml: string}>> {
	const {env} = process;
	const file = homeFiles(home).config;
	const asker = await askerFor(said, left);
	await using network = createAsk({env});
	const {answers, choices} = await gather(said, {
		asker,
		reach: reachEndpoint({env, ask: network.ask, left}),
	});
	if (said.offline) {
		asker.tell(missingVariable(answers.key, env));
	}

	const toml = composeConfig(answers, choices);
	refuseWrongConfig(toml, {file, env});
	if (said.dryRun) {
		return {file, toml};
	}

	if (!(await asker.mayWrite(file, toml))) {
		throw new Left();
	}

	prepareHome(home);
	createConfig(file, toml);
	return {file, toml};
}

/**
Nothing is asked where nobody can answer. The library for it is loaded only where it is needed.
*/
async function askerFor(said: Said, left: AbortSignal): Promise<Asker> {
	const {stdin, stderr, env} = process;
	if (said.yes || !stdin.isTTY || !stderr.isTTY || env['TERM'] === 'dumb') {
		return byDefault({yes: said.yes});
	}

	const {byHand} = await import('./init/by-hand.js');
	return byHand({env, left});
}

/**
The key was not fetched: of a variable it is seen all the same whether it is there.
*/
function missingVariable(
	key: string,
	env: NodeJS.ProcessEnv,
): readonly string[] {
	const {name} = /^env:(?<name>.*)$/v.exec(key)?.groups ?? {};
	return name === undefined || variable(env, name) !== undefined
		? []
		: [`${name} is not set here: set it where Tollgate is started.`];
}
