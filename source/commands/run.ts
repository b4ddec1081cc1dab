import process from 'node:process';
import {thisPlace} from '../doctor/machine/place.js';
import {UserError} from '../user-error.js';
import type {Given} from './command.js';
import {clientOfFlag, clientOfProgram, type Client} from './env/client.js';
import {factsFrom, reachable} from './env/facts.js';
import {keyVariable} from './env/local-key.js';
import {setupFor} from './env/setup-for.js';
import type {Setup} from './env/setup.js';
import {look} from './look.js';
import {isRealModel} from './real-model.js';
import {switchMeanwhile} from './run/alias-meanwhile.js';
import {childEnv} from './run/child-env.js';
import {codeOf, runChild} from './run/child.js';
import {overSettings} from './run/over-settings.js';
import {launchedBy} from './run/launched.js';
import {openPane} from './run/pane.js';
import {refuseWordsPastUs} from './run/past-us.js';
import {handOnSignals} from './run/signals.js';
import {refuseStrangersKey} from './run/strangers-key.js';
import {takePassthrough} from './run/take-passthrough.js';
import {setOut, type SettingOut} from './setting-out.js';

type Command = readonly [string, ...string[]];

/**
Runs a program so that its requests come through the passthrough of this home, and hands on its exit code. It is
never run unmeasured.
*/
export async function run(given: Given): Promise<void> {
	const {flags} = given;
	const command = commandIn(given);
	const client =
		clientOfFlag(flags['for'] as string | undefined) ??
		launchedBy(command).client;
	refuseDesktop(client);
	refuseWordsPastUs(client, command.slice(1));
	const start = setOut(given);
	const secretIn = keyVariable(flags['key'] as string | undefined, {
		config: start.config,
		env: process.env,
	});
	using signals = handOnSignals();
	const {running, leave} = await takePassthrough(start);
	let paneOpenedAt: number | undefined;
	try {
		const facts = factsFrom(start.config, {
			url: reachable(running.holder.url),
			keyVariable: secretIn,
			env: process.env,
		});
		const setup = setupFor(client, facts);
		const words = wordsFor(command, {client, setup, start});
		process.exitCode = await meanwhile(given, async () => {
			paneOpenedAt = await openedPane(given, start);
			const early = signals.early();
			const env = childEnv(setup.variables, process.env);
			return early === undefined
				? runChild(words, {env, signals})
				: codeOf(early);
		});
	} finally {
		// Who is in a hurry now need not wait for the last requests of others.
		signals[Symbol.dispose]();
		await leave(paneOpenedAt);
	}
}

/**
Opens the pane that is asked for. Answers when, in epoch milliseconds, where there is one.
*/
async function openedPane(
	{flags}: Given,
	{home}: SettingOut,
): Promise<number | undefined> {
	if (flags['pane'] !== true) {
		return undefined;
	}

	const pane = await openPane(home, process.env);
	note(pane.note);
	return pane.isOpen ? Date.now() : undefined;
}

/**
With the alias that is asked for.
*/
async function meanwhile(
	given: Given,
	act: () => Promise<number>,
): Promise<number> {
	const {alias} = given.flags;
	const switchBack =
		typeof alias === 'string'
			? await switchMeanwhile(look(given), alias)
			: undefined;
	try {
		return await act();
	} finally {
		await switchBack?.();
	}
}

function commandIn({behind}: Given): Command {
	const [program, ...words] = behind ?? [];
	if (program === undefined || program === '') {
		throw new UserError(
			'This does not say what to run.',
			'Write the command behind two dashes: tollgate run -- claude',
			{exitCode: 2},
		);
	}

	return [program, ...words];
}

function refuseDesktop(client: Client | undefined): void {
	if (client === 'claude-desktop') {
		throw new UserError(
			'Claude Desktop reads no variables, so it cannot be run from here.',
			'What to set in it: tollgate env --for claude-desktop',
			{exitCode: 2},
		);
	}
}

/**
The command with the words that bring the client to us; its own stay as they are.
*/
function wordsFor(
	[program, ...words]: Command,
	{
		client,
		setup,
		start,
	}: Readonly<{client: Client | undefined; setup: Setup; start: SettingOut}>,
): Command {
	const place = thisPlace({home: start.home, isModel: isRealModel});
	refuseStrangersKey(setup.variables, {client, config: start.config, place});
	if (client !== 'claude-code') {
		return inserted([program, ...words], client, setup.args);
	}

	const over = overSettings(setup.variables, words, place);
	const [where] = over.places;
	note(
		where &&
			`${where} would send Claude Code past Tollgate: it is started with --settings, which counts before that.`,
	);
	return inserted([program, ...words], client, over.words);
}

/**
Words right behind the name of the client: another program may start it, as npx does.
*/
function inserted(
	[program, ...rest]: Command,
	client: Client | undefined,
	words: readonly string[],
): Command {
	const command = [program, ...rest];
	const launched = launchedBy(command);
	const named = command.findIndex((word) => clientOfProgram(word) === client);
	const at = launched.client === client || named === -1 ? launched.at : named;
	return [program, ...rest.slice(0, at), ...words, ...rest.slice(at)];
}

function note(text: string | undefined): void {
	if (text !== undefined) {
		process.stderr.write(`${text}\n`);
	}
}
