import {
	claudeSettings,
	claudeVariable,
	type ClaudeSettings,
} from '../../doctor/machine/claude-settings.js';
import type {Place} from '../../doctor/machine/place.js';
import {UserError} from '../../user-error.js';
import {noProxy} from '../env/no-proxy.js';
import type {Variables} from '../env/setup.js';
import {lineIn} from './line-in.js';
import {ownSettings} from './own-settings.js';
import {refuseElsewhere} from './past-us.js';

export type Over = Readonly<{
	/**
	Words for Claude Code. No secret is among them: others can read them.
	*/
	words: readonly string[];
	/**
	Where a settings file says otherwise: `~/.claude/settings.json:4`.
	*/
	places: readonly string[];
}>;

/**
What makes our variables count where a settings file of Claude Code would count before them: nothing where no file
does. `words` are those it is started with. Throws a UserError where it would go past us all the same.
*/
export function overSettings(
	variables: Variables,
	words: readonly string[],
	place: Place,
): Over {
	const found = claudeSettings(place);
	const own = ownSettings(words, place);
	const settings = [
		...found.filter(({isManaged}) => isManaged),
		...(own === undefined ? [] : [own]),
		...found.filter(({isManaged}) => !isManaged),
	];
	refuseElsewhere(settings, place);
	refuseLostKey(variables, settings, place);
	const lost = lostVariables(variables, settings, place);
	const names = Object.keys(lost);
	for (const name of names) {
		refuseLost(name, {settings, own, place});
	}

	return names.length === 0
		? {words: [], places: []}
		: {
				words: ['--settings', JSON.stringify({env: lost})],
				places: names.map((name) => whereSet(name, settings, place)),
			};
}

/**
What keeps requests coming to us, and would not count.
*/
function lostVariables(
	variables: Variables,
	settings: readonly ClaudeSettings[],
	place: Place,
): Readonly<Record<string, string>> {
	const given = Object.fromEntries(
		Object.entries(variables).flatMap(([name, value]) =>
			typeof value === 'string' ? [[name, value]] : [],
		),
	);
	const env = {...place.env, ...given};
	const inForce = (name: string) =>
		claudeVariable(name, {settings, env})?.value;
	const proxies = Object.fromEntries(
		proxyNames.map((name) => [name, inForce(name)]),
	);
	const wanted = {
		ANTHROPIC_BASE_URL: given['ANTHROPIC_BASE_URL'] ?? '',
		...(noProxy(proxies) as Readonly<Record<string, string>>),
	};
	const isUnknown = settings.some(({trouble}) => trouble !== undefined);
	return Object.fromEntries(
		Object.entries(wanted).filter(
			([name, value]) => isUnknown || inForce(name) !== value,
		),
	);
}

const proxyNames = [
	'HTTP_PROXY',
	'HTTPS_PROXY',
	'ALL_PROXY',
	'NO_PROXY',
].flatMap((name) => [name, name.toLowerCase()]);

/**
A secret is not handed on in the words of a command line, so a file that counts before its variable wins.
*/
function refuseLostKey(
	variables: Variables,
	settings: readonly ClaudeSettings[],
	place: Place,
): void {
	for (const [name, value] of Object.entries(variables)) {
		const from = settings.find(({env}) => Object.hasOwn(env, name));
		if (typeof value !== 'string' && from !== undefined) {
			throw new UserError(
				`${lineIn(from, name, place)} sets ${name}, which counts before the local key of --key: requests would count for another key.`,
				`Nothing was run. Take ${name} out there, or leave out --key.`,
			);
		}
	}
}

/**
Throws where no setting of this run can count before what a file says.
*/
function refuseLost(
	name: string,
	{
		settings,
		own,
		place,
	}: Readonly<{
		settings: readonly ClaudeSettings[];
		own: ClaudeSettings | undefined;
		place: Place;
	}>,
): void {
	const from = settings.find(({env}) => Object.hasOwn(env, name));
	if (from?.isManaged) {
		throw new UserError(
			`${lineIn(from, name, place)} sets ${name}, and whoever manages this machine has the last word: Claude Code would go past Tollgate.`,
			'Nothing was run. Ask them to change it, or run it without Tollgate.',
		);
	}

	if (own !== undefined) {
		throw new UserError(
			`${whereSet(name, settings, place)} would send Claude Code past Tollgate, and it takes one --settings only: yours.`,
			`Nothing was run. Take ${name} out there, or leave out --settings.`,
		);
	}
}

/**
The line that counts; a file that cannot be understood where no other says it.
*/
function whereSet(
	name: string,
	settings: readonly ClaudeSettings[],
	place: Place,
): string {
	const from =
		settings.find(({env}) => Object.hasOwn(env, name)) ??
		settings.find(({trouble}) => trouble !== undefined);
	return from === undefined
		? 'A settings file of Claude Code'
		: lineIn(from, name, place);
}
