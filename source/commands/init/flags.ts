import type {WireFormatName} from '../../exchange/usage.js';
import type {Reading} from '../../config/kinds.js';
import {UserError} from '../../user-error.js';
import type {Given} from '../command.js';
import {none, roles, type Models, type Role} from './answers.js';
import {
	atCapOf,
	capOf,
	formatsOf,
	keyOf,
	modelOf,
	nameOf,
	urlOf,
	zoneOf,
} from './written-answer.js';

/**
What the flags say. Undefined is what they leave open; of `cap` and the models, `none` is an answer.
*/
export type Said = Readonly<{
	url: string | undefined;
	key: string | undefined;
	name: string | undefined;
	formats: readonly WireFormatName[] | undefined;
	models: Models;
	cap: Readonly<{dollars: number | undefined}> | undefined;
	atCap: string | undefined;
	zone: string | undefined;
	/**
	The endpoint is not asked anything.
	*/
	offline: boolean;
	/**
	Nothing is asked: what is left open has its default.
	*/
	yes: boolean;
	dryRun: boolean;
}>;

/**
Reads the flags. Throws a UserError (exit code 2) for the first that is wrong.
*/
export function readFlags({flags}: Given, env: NodeJS.ProcessEnv): Said {
	const read = <Value>(
		flag: string,
		understand: (text: string) => Reading<Value>,
		written = `--${flag}`,
	): Value | undefined => {
		const text = flags[flag] as string | undefined;
		return text === undefined
			? undefined
			: understood(understand(text), written);
	};

	const models = Object.fromEntries(
		roles.map(({flag}) => [flag, read(flag, modelOrNone)]),
	) as Models;
	const cap = flags['cap'] as string | undefined;
	return {
		url: read('url', urlOf),
		key: read('key', (text) => keyOf(text, env)),
		name: read('name', (text) => nameOf.read(text)),
		formats: read('formats', formatsOf),
		models,
		cap:
			cap === undefined
				? undefined
				: {dollars: understood(capOf(cap), '--cap')},
		atCap: read(
			'atCap',
			(text) => atCapOf(text, possibleAliases(models)),
			'--at-cap',
		),
		zone: read('zone', zoneOf),
		offline: flags['probe'] === false || flags['offline'] === true,
		yes: flags['yes'] === true,
		dryRun: flags['dryRun'] === true,
	};
}

function understood<Value>(reading: Reading<Value>, flag: string): Value {
	if (reading.kind === 'read') {
		return reading.value;
	}

	throw new UserError(
		`${flag} ${reading.wrong}.`,
		reading.instead ?? 'Try: tollgate init --help',
		{exitCode: 2},
	);
}

/**
Whether there is such a model shows when the endpoint has been asked.
*/
const modelOrNone = (text: string): Reading<string> =>
	text.trim() === '' ? modelOf(text) : {kind: 'read', value: text.trim()};

/**
Those that the flags do not leave out.
*/
const possibleAliases = (models: Models): readonly string[] =>
	roles.filter(({flag}: Role) => models[flag] !== none).map(({alias}) => alias);
