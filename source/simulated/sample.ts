import {list, part, text} from './json.js';
import {paragraph} from './prose.js';
import type {Random} from './random.js';

const paths = [
	'src/queue.ts',
	'src/parser/tokens.ts',
	'test/queue.test.ts',
	'lib/cursor.py',
	'README.md',
	'src/ui/tabelle-übersicht.tsx',
	'docs/設定.md',
	'package.json',
];
const commands = [
	'npm test',
	'git status --short',
	'ls -la src',
	'rg -n "timeout" src',
	'node --test',
	'git diff',
];

/**
A value that a JSON schema allows: the first three properties, or all that it requires.
*/
export function sampleOf(schema: unknown, random: Random, name = ''): unknown {
	const choice = list(part(schema, 'enum'));
	if (choice.length > 0) {
		return random.pick(choice);
	}

	switch (text(part(schema, 'type'))) {
		case 'string': {
			return sampleString(name, random);
		}

		case 'number':
		case 'integer': {
			return random.between(1, 400);
		}

		case 'boolean': {
			return random.chance(0.5);
		}

		case 'array': {
			return [sampleOf(part(schema, 'items'), random, name)];
		}

		case undefined:
		default: {
			return sampleObject(schema, random);
		}
	}
}

function sampleObject(
	schema: unknown,
	random: Random,
): Readonly<Record<string, unknown>> {
	const properties = part(schema, 'properties');
	const known =
		typeof properties === 'object' && properties !== null
			? Object.keys(properties)
			: [];
	const required = list(part(schema, 'required')).filter(
		(key) => typeof key === 'string',
	);
	const names = required.length > 0 ? required : known.slice(0, 3);
	return Object.fromEntries(
		names.map((name) => [name, sampleOf(part(properties, name), random, name)]),
	);
}

function sampleString(name: string, random: Random): string {
	if (/path|file|dir/i.test(name)) {
		return random.pick(paths);
	}

	return /command|cmd|shell/i.test(name)
		? random.pick(commands)
		: paragraph(random, random.between(3, 9)).trim();
}
