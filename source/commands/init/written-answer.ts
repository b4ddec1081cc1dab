import {
	type KeySource,
	baseUrl,
	keySource,
} from '../../config/endpoint-kinds.js';
import {atCap, dailyCap} from '../../config/key-kinds.js';
import {timeZone} from '../../config/day-kinds.js';
import {type Kind, type Reading, good, wrong} from '../../config/kinds.js';
import {nearest} from '../../config/nearest.js';
import {printable} from '../../config/printable.js';
import {either} from '../../config/problem.js';
import {wireFormatNames, type WireFormatName} from '../../exchange/usage.js';
import {none} from './answers.js';
import {looksLikeKey} from './looks-like-key.js';

type Env = Readonly<Record<string, string | undefined>>;

const pasted =
	'looks like a key itself, which belongs on no command line and in no file';

/**
The base URL as it was written, with the scheme that it lacks and without a slash at its end.
*/
export function urlOf(text: string): Reading<string> {
	const said = text.trim();
	const url = isHost.test(said) ? `${schemeFor(said)}://${said}` : said;
	if (looksLikeKey(withoutHost(url))) {
		return wrong(pasted, 'Write the URL alone; the key is asked for by name.');
	}

	const reading = baseUrl.read(url);
	return reading.kind === 'wrong' ? reading : good(url.replace(/\/$/v, ''));
}

const isHost = /^(?:[\w\-]+\.)*[\w\-]+(?::\d+)?(?:\/|$)/v;
const schemeFor = (host: string): string =>
	/^(?:localhost|127\.)/v.test(host) ? 'http' : 'https';

/**
The names of hosts may be long and made of anything.
*/
const withoutHost = (url: string): string =>
	url.replace(/^\w+:\/\/[^#\/?@]*(?=[#\/?]|$)/v, '').replaceAll(/[&/=?]/g, ' ');

/**
Where the key is, as it is written into the file. What is wrong repeats nothing of it.
*/
export function keyOf(text: string, env: Env): Reading<string> {
	const said = text.trim();
	const reading = keySource.read(said);
	const source = reading.kind === 'read' ? reading.value : undefined;
	if (isPasted(said, source, env)) {
		return wrong(pasted, howToNameIt);
	}

	if (source === undefined) {
		return wrong(
			'does not say where the key is',
			env[said] === undefined
				? `Write ${keySource.allowed}.`
				: `Did you mean env:${said}?`,
		);
	}

	return good(written(source));
}

export const howToNameIt =
	'Put it into a variable, and give the name of that: env:NAME.';

function isPasted(
	said: string,
	source: KeySource | undefined,
	env: Env,
): boolean {
	const name = source?.kind === 'env' ? source.variable : said;
	return env[name] === undefined && looksLikeKey(said.replace(/^env:/v, ''));
}

function written(source: KeySource): string {
	switch (source.kind) {
		case 'agent': {
			return 'agent';
		}

		case 'env': {
			return `env:${source.variable}`;
		}

		case 'cmd': {
			return `cmd:${source.command}`;
		}
	}
}

/**
Names of wire formats with commas between them.
*/
export function formatsOf(text: string): Reading<readonly WireFormatName[]> {
	const names = text.split(/[\s,]+/v).filter((name) => name !== '');
	const stranger = names.find((name) => !isFormat(name));
	if (names.length > 0 && stranger === undefined) {
		return good(wireFormatNames.filter((name) => names.includes(name)));
	}

	const near = stranger && nearest(stranger, wireFormatNames);
	return wrong(
		stranger === undefined
			? 'names no format'
			: `has "${printable(stranger)}", which is no wire format`,
		`${near ? `Did you mean "${near}"? ` : ''}It may hold ${either(wireFormatNames)}, with commas between them.`,
	);
}

const isFormat = (name: string): name is WireFormatName =>
	new Set<string>(wireFormatNames).has(name);

/**
US dollars a day; undefined for none.
*/
export function capOf(text: string): Reading<number | undefined> {
	const said = text.trim().replace(/^\$/v, '');
	if (said === '' || said === none) {
		return good(undefined);
	}

	const dollars = /^\d+(?:\.\d+)?$/v.test(said) ? Number(said) : NaN;
	const reading = dailyCap.read(dollars);
	return reading.kind === 'read'
		? good(dollars)
		: wrong(
				'is no amount of dollars',
				`Write ${dailyCap.allowed}, or "${none}".`,
			);
}

/**
What happens at the cap. An alias must be one of those that the file gets.
*/
export function atCapOf(
	text: string,
	aliases: readonly string[],
): Reading<string> {
	const said = text.trim();
	const reading = atCap.read(said);
	if (reading.kind === 'wrong') {
		return reading;
	}

	const {value} = reading;
	return value.kind !== 'alias' || aliases.includes(value.alias)
		? good(said)
		: wrong(
				'names an alias that the file does not get',
				aliases.length === 0
					? 'Write "ask" or "refuse".'
					: `Write "ask", "refuse", or one of ${either(aliases.map((alias) => `"alias:${alias}"`))}.`,
			);
}

/**
A zone that this machine knows.
*/
export const zoneOf = (text: string): Reading<string> =>
	timeZone.read(text.trim());

/**
The name of an endpoint.
*/
export const nameOf: Kind<string> = {
	allowed: 'letters, digits, "-" and "_"',
	read: (found) =>
		typeof found === 'string' &&
		/^[\w\-]{1,40}$/v.test(found) &&
		!looksLikeKey(found)
			? good(found)
			: wrong('cannot be the name of an endpoint'),
};

/**
What no model is called: names for people have spaces in them.
*/
export function modelOf(text: string): Reading<string> {
	const said = text.trim();
	if (said === '') {
		return wrong('names no model', `Write its exact id, or "${none}".`);
	}

	return /[\s\p{Other}]/v.test(said)
		? wrong(
				'is what people call a model, not its id',
				'Write the exact id, as the endpoint lists it.',
			)
		: good(said);
}
