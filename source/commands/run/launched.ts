import path from 'node:path';
import {clientOfProgram, type Client} from '../env/client.js';

const none = /^$/v;
const ofPackage = /^(?:-p|--package)$/v;

/**
Programs that do no more than start the one that is named behind them, and which of their flags are followed by a
value.
*/
const launchers: ReadonlyMap<string, RegExp> = new Map([
	['bun', ofPackage],
	['bunx', ofPackage],
	['caffeinate', none],
	['env', /^-[Cu]$/v],
	['ionice', none],
	['nice', none],
	['nohup', none],
	['npm', ofPackage],
	['npx', ofPackage],
	['pnpm', ofPackage],
	['pnpx', ofPackage],
	['setsid', none],
	['stdbuf', /^-[eio]$/v],
	['time', none],
	['timeout', /^-[ks]$/v],
	['yarn', ofPackage],
]);

/**
Their own words before it.
*/
const beforeProgram = /^-|^\w+=|^\d+(?:\.\d+)?[dhms]?$|^(?:exec|dlx|x)$|^$/v;

export type Launched = Readonly<{
	client: Client | undefined;
	/**
	Where the name of the program stands in the command.
	*/
	at: number;
}>;

/**
The client that a command starts, itself or by a launcher: `npx @openai/codex`, `env A=1 claude`.
*/
export function launchedBy(command: readonly string[]): Launched {
	let at = 0;
	for (;;) {
		const withValue = launchers.get(path.basename(command[at] ?? ''));
		const next = withValue && programBehind(command, at, withValue);
		if (next === undefined) {
			return {client: clientOfProgram(command[at] ?? ''), at};
		}

		at = next;
	}
}

function programBehind(
	command: readonly string[],
	launcher: number,
	withValue: RegExp,
): number | undefined {
	for (let at = launcher + 1; at < command.length; at++) {
		const word = command[at]!;
		if (word !== '' && withValue.test(word)) {
			at++;
		} else if (!beforeProgram.test(word)) {
			return at;
		}
	}

	return undefined;
}
