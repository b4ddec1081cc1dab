import process from 'node:process';
import {findPassthrough} from '../control/find-passthrough.js';
import {UserError} from '../user-error.js';
import type {Given} from './command.js';
import {clientOfFlag, type Client} from './env/client.js';
import {configuredUrl, factsFrom, reachable} from './env/facts.js';
import {keyVariable} from './env/local-key.js';
import {setupFor} from './env/setup-for.js';
import type {Setup} from './env/setup.js';
import {
	assignment,
	commandLine,
	detectShell,
	programOf,
	shellOfFlag,
	takenBy,
	type Shell,
} from './env/shell.js';
import {look} from './look.js';

/**
Prints what makes a client come to the passthrough of this home. Never a secret: where one belongs, the variable
it is in.
*/
export async function env(given: Given): Promise<void> {
	const {flags} = given;
	const client = clientOfFlag(flags['for'] as string | undefined);
	const shell = shellOfFlag(flags['shell'] as string | undefined);
	const sight = look(given);
	const config = await sight.config();
	const secretIn = keyVariable(flags['key'] as string | undefined, {
		config,
		env: process.env,
	});
	const found = await findPassthrough(sight.lock);
	const isRunning = found.kind === 'serving';
	const url = isRunning ? reachable(found.holder.url) : configuredUrl(config);
	if (url === undefined) {
		throw new UserError(
			'With port = 0 the address is known only while a passthrough runs, and none does.',
			'Start one with: tollgate serve. Or give it a port in [server].',
		);
	}

	const setup = setupFor(
		client,
		factsFrom(config, {
			url,
			keyVariable: secretIn,
			env: process.env,
		}),
	);
	if (!isRunning) {
		note(
			`Nothing listens on ${url} yet: start a passthrough with tollgate, or tollgate serve.`,
		);
	}

	if (flags['json'] === true) {
		say([JSON.stringify(inJson(setup, {url, isRunning, client}))]);
		return;
	}

	const written = shell ?? detectShell(process.env, programOf(process.ppid));
	say(inWords(setup, written, client));
	if (process.stdout.isTTY && Object.keys(setup.variables).length > 0) {
		note(`To set them in this shell: ${takenBy[written]}`);
	}
}

/**
`secrets` are what only the shell can fill in: `${NAME}` stands for the text of that variable.
*/
const inJson = (
	{variables, args, byHand}: Setup,
	{
		url,
		isRunning,
		client,
	}: Readonly<{url: string; isRunning: boolean; client: Client | undefined}>,
) => ({
	url,
	running: isRunning,
	for: client ?? null,
	variables: Object.fromEntries(
		Object.entries(variables).filter(([, value]) => typeof value === 'string'),
	),
	secrets: Object.fromEntries(
		Object.entries(variables).flatMap(([name, value]) =>
			typeof value === 'string'
				? []
				: [[name, `${value.before}\${${value.variable}}`]],
		),
	),
	arguments: args,
	byHand: byHand ?? null,
});

/**
Lines for a shell; what is for people stands in comments among them.
*/
function inWords(
	{variables, args, byHand}: Setup,
	shell: Shell,
	client: Client | undefined,
): readonly string[] {
	const lines = Object.entries(variables).map(([name, value]) =>
		assignment(shell, name, value),
	);
	const hand =
		byHand === undefined
			? []
			: [`In ${byHand.where}:`, '', ...byHand.text.split('\n')];
	if (args.length === 0) {
		return [...lines, ...hand];
	}

	return [
		...lines,
		...[
			'Started so, it comes to us:',
			'',
			commandLine(shell, [client ?? '', ...args]),
			'',
			...hand,
		].map((line) => `# ${line}`.trimEnd()),
	];
}

const say = (lines: readonly string[]): void => {
	process.stdout.write(`${lines.join('\n')}\n`);
};

const note = (line: string): void => {
	process.stderr.write(`${line}\n`);
};
