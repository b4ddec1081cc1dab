import path from 'node:path';
import {nearest} from '../../config/nearest.js';
import {UserError} from '../../user-error.js';

/**
The clients whose settings are known, by the names that `--for` takes.
*/
export const clients = [
	'claude-code',
	'claude-desktop',
	'anthropic-sdk',
	'openai',
	'codex',
	'opencode',
] as const;

export type Client = (typeof clients)[number];

/**
The client that `--for` names; undefined where it was not given. Throws a UserError for an unknown name.
*/
export function clientOfFlag(written: string | undefined): Client | undefined {
	if (written === undefined) {
		return undefined;
	}

	const known = clients.find((name) => name === written);
	if (known !== undefined) {
		return known;
	}

	const meant = nearest(written, clients);
	throw new UserError(
		'--for names no client that is known.',
		`${meant === undefined ? '' : `Did you mean "${meant}"? `}Write one of: ${clients.join(', ')}`,
		{exitCode: 2},
	);
}

const programs: Readonly<Record<string, Client>> = {
	claude: 'claude-code',
	codex: 'codex',
	opencode: 'opencode',
};

/**
The client that a program is, told by its name; undefined for any other program.
*/
export function clientOfProgram(program: string): Client | undefined {
	const {name} = path.parse(program);
	return Object.hasOwn(programs, name) ? programs[name] : undefined;
}
