import type {Inspected} from '../../config/load.js';
import {nearest} from '../../config/nearest.js';
import {either} from '../../config/problem.js';
import type {KeySource} from '../../config/endpoint-kinds.js';
import {isObject} from '../../wire/foreign-json.js';
import {readBaseUrl} from '../../doctor/base-url.js';
import {UserError} from '../../user-error.js';
import {bareEndpoint, type Patient} from './chart-for.js';

/**
Who is meant: an endpoint of the config by its name, one by its URL, or all of them.
*/
export function patients(
	word: string | undefined,
	{
		inspected,
		key,
	}: Readonly<{
		inspected: Pick<Inspected, 'endpoints' | 'document'>;
		key: KeySource | undefined;
	}>,
): readonly Patient[] {
	const {endpoints} = inspected;
	const named = endpoints.map((endpoint): Patient => ({
		endpoint: {...endpoint, key: key ?? endpoint.key},
		isNamed: true,
		areFormatsSaid: areFormatsSaid(inspected, endpoint.name),
	}));
	if (word === undefined) {
		return named;
	}

	const one = named.find(({endpoint}) => endpoint.name === word);
	if (one !== undefined) {
		return [one];
	}

	return isUrl(word)
		? [byUrl(word, key)]
		: none(
				word,
				endpoints.map(({name}) => name),
			);
}

/**
No name of an endpoint has one of these in it.
*/
export const isUrl = (word: string): boolean => /[./:]|^localhost$/.test(word);

function byUrl(word: string, key: KeySource | undefined): Patient {
	const url = readBaseUrl(word);
	if (url === undefined) {
		throw new UserError(
			'This is not a URL of an API.',
			'Write it like https://api.anthropic.com, or the name of an endpoint of the config.',
			{exitCode: 2},
		);
	}

	if (url.username !== '' || url.password !== '') {
		throw new UserError(
			'This URL holds a credential.',
			'Take it out, and name the variable that has it: --key env:NAME',
			{exitCode: 2},
		);
	}

	return {
		endpoint: bareEndpoint(url, key),
		isNamed: false,
		areFormatsSaid: false,
	};
}

function none(word: string, names: readonly string[]): never {
	const meant = nearest(word, names);
	throw new UserError(
		`There is no endpoint "${word}" in the config.`,
		meant === undefined
			? `There ${names.length === 1 ? 'is' : 'are'} ${either(names) || 'none'}; a URL does as well: tollgate doctor https://…`
			: `Did you mean: tollgate doctor ${meant}`,
		{exitCode: 2},
	);
}

function areFormatsSaid(
	{document}: Pick<Inspected, 'document'>,
	name: string,
): boolean {
	const tables = document['endpoints'];
	const table = isObject(tables) ? tables[name] : undefined;
	return isObject(table) && table['formats'] !== undefined;
}
