import {select} from '@clack/prompts';
import {endpointName} from './endpoint-name.js';
import {likelyVariables} from './likely-variables.js';
import type {Ask, Understood} from './question.js';
import {keyOf} from './written-answer.js';

const other = {
	variable: 'variable',
	command: 'command',
	agent: 'agent',
} as const;

/**
Where the key of the endpoint at a URL is, as it is written into the file. Never the key itself.
*/
export async function askKey(
	url: string,
	{
		env,
		ask,
		understood,
	}: Readonly<{env: NodeJS.ProcessEnv; ask: Ask; understood: Understood}>,
): Promise<string> {
	const variables = likelyVariables(env, endpointName(url));
	const place = await ask<string>(async (common) =>
		select({
			...common,
			message: 'Where is its key?',
			options: [
				...variables.map((name) => ({
					value: `env:${name}`,
					label: `In the variable ${name}`,
				})),
				{
					value: other.variable,
					label: `In ${variables.length === 0 ? 'a' : 'another'} variable`,
				},
				{value: other.command, label: 'A command prints it'},
				{value: other.agent, label: 'The agent sends its own'},
			],
		}),
	);
	switch (place) {
		case other.variable: {
			return understood('Name of the variable?', (name) =>
				keyOf(named(name), env),
			);
		}

		case other.command: {
			return understood('Which command?', (command) =>
				keyOf(`cmd:${command.replace(/^cmd:/v, '')}`, env),
			);
		}

		default: {
			return place;
		}
	}
}

/**
`$NAME` and `env:NAME` are meant in one way as well.
*/
const named = (name: string): string =>
	`env:${name.trim().replace(/^(?:env:|\$)/v, '')}`;
