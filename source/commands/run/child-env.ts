import {isObject, parseJson} from '../../wire/foreign-json.js';
import {opencodeConfig} from '../env/opencode.js';
import {keyHeader, type Value, type Variables} from '../env/setup.js';

/**
The environment of a child: all of ours, and over it what brings the child to us. What can hold more than one thing
keeps what it had.
*/
export function childEnv(
	variables: Variables,
	env: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
	const set = Object.entries(variables).map(([name, value]) => {
		const text = textOf(value, env);
		const before = env[name];
		return [name, before ? joined(name, before, text) : text] as const;
	});
	return {...env, ...Object.fromEntries(set)};
}

const textOf = (value: Value, env: NodeJS.ProcessEnv): string =>
	typeof value === 'string'
		? value
		: `${value.before}${env[value.variable] ?? ''}`;

function joined(name: string, before: string, text: string): string {
	if (name.endsWith('_CUSTOM_HEADERS')) {
		const others = before
			.split('\n')
			.filter((line) => !line.toLowerCase().startsWith(`${keyHeader}:`));
		return [...others, text].join('\n');
	}

	return name === opencodeConfig
		? JSON.stringify(merged(parseJson(before), parseJson(text)))
		: text;
}

/**
What both have, of the second; where both are objects, so on within them.
*/
function merged(one: unknown, other: unknown): unknown {
	if (!isObject(one) || !isObject(other)) {
		return other;
	}

	return {
		...one,
		...Object.fromEntries(
			Object.entries(other).map(([name, value]) => [
				name,
				merged(one[name], value),
			]),
		),
	};
}
