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

/**
By the name of the program, and by that of the package that a launcher knows it by.
*/
const programs: Readonly<Record<string, Client>> = {
	claude: 'claude-code',
	'claude-code': 'claude-code',
	codex: 'codex',
	opencode: 'opencode',
	'opencode-ai': 'opencode',
};

/**
The client that a program is, told by its name, or by that of its package (`@openai/codex@latest`); undefined for any
other program.
*/
export function clientOfProgram(program: string): Client | undefined {
	const {name} = path.parse(withoutVersion(program));
	return Object.hasOwn(programs, name) ? programs[name] : undefined;
}

const withoutVersion = (name: string): string => {
	const at = name.lastIndexOf('@');
	return at > name.lastIndexOf('/') + 1 ? name.slice(0, at) : name;
};
