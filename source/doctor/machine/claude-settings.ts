import fs from 'node:fs';
import path from 'node:path';
import {variable} from '../../config/environment.js';
import {isObject, parseJson} from '../../wire/foreign-json.js';
import type {Place} from './place.js';

/**
A settings file of Claude Code, as far as it concerns where requests go. Its values are secrets.
*/
export type ClaudeSettings = Readonly<{
	file: string;
	/**
	Whoever manages the machine wrote it.
	*/
	isManaged: boolean;
	env: Readonly<Record<string, string>>;
	hasHelper: boolean;
	/**
	Why nothing is known of what it says.
	*/
	trouble: string | undefined;
}>;

type Shell = Readonly<{env: NodeJS.ProcessEnv; cwd: string}>;

/**
The settings that Claude Code would find when it is started in a shell, those that count most first: managed
ones, the local and the shared ones of the project, the user's. Files that are not there are left out.
*/
export function claudeSettings(
	place: Place,
	shell: Shell = place,
): readonly ClaudeSettings[] {
	const managed = managedFiles(place);
	const own = ownFiles(place, shell);
	return [...new Set([...managed, ...own])].flatMap((file) =>
		settingsIn(file, {place, isManaged: managed.includes(file)}),
	);
}

/**
A variable as Claude Code sees it: its settings count before the shell. `file` is undefined for the shell's.
*/
export function claudeVariable(
	name: string,
	{
		settings,
		env,
	}: Readonly<{settings: readonly ClaudeSettings[]; env: NodeJS.ProcessEnv}>,
): Readonly<{value: string; file: string | undefined}> | undefined {
	const from = settings.find((one) => Object.hasOwn(one.env, name));
	const value = variable(from?.env ?? env, name);
	return value === undefined ? undefined : {value, file: from?.file};
}

/**
How Claude Code reads a switch.
*/
export const isOn = (value: string | undefined): boolean =>
	/^(?:1|true|yes|on)$/i.test(value?.trim() ?? '');
export const isOff = (value: string | undefined): boolean =>
	/^(?:0|false|no|off)$/i.test(value?.trim() ?? '');

/**
Each file of the folder counts before those earlier in the alphabet, and all of them before the single file.
*/
function managedFiles({managedSettings}: Place): readonly string[] {
	const folder = path.join(managedSettings, 'managed-settings.d');
	let names: string[] = [];
	try {
		names = fs.readdirSync(folder).filter((name) => name.endsWith('.json'));
	} catch {
		// None, as on most machines.
	}

	return [
		...names
			.toSorted()
			.toReversed()
			.map((name) => path.join(folder, name)),
		path.join(managedSettings, 'managed-settings.json'),
	];
}

/**
The local settings of a repository count in the folders below its root as well; the shared ones do not.
*/
function ownFiles({userHome}: Place, {env, cwd}: Shell): readonly string[] {
	const root = rootOf(cwd);
	return [
		path.join(cwd, '.claude', 'settings.local.json'),
		...(root === undefined
			? []
			: [path.join(root, '.claude', 'settings.local.json')]),
		path.join(cwd, '.claude', 'settings.json'),
		path.join(
			variable(env, 'CLAUDE_CONFIG_DIR') ?? path.join(userHome, '.claude'),
			'settings.json',
		),
	];
}

/**
The root of the repository that a folder is in.
*/
export function rootOf(folder: string): string | undefined {
	for (let at = folder; ; at = path.dirname(at)) {
		if (fs.existsSync(path.join(at, '.git'))) {
			return at;
		}

		if (at === path.dirname(at)) {
			return undefined;
		}
	}
}

function settingsIn(
	file: string,
	{place, isManaged}: Readonly<{place: Place; isManaged: boolean}>,
): readonly ClaudeSettings[] {
	const nothing = {file, isManaged, env: {}, hasHelper: false};
	try {
		const text = place.readFile(file);
		if (text === undefined) {
			return [];
		}

		const found = parseJson(text);
		return [
			isObject(found)
				? read(nothing, found)
				: {...nothing, trouble: 'is not JSON'},
		];
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		return [{...nothing, trouble: `cannot be read (${code})`}];
	}
}

const read = (
	nothing: Omit<ClaudeSettings, 'trouble'>,
	found: Readonly<Record<string, unknown>>,
): ClaudeSettings => ({
	...nothing,
	env: variablesIn(found['env']),
	hasHelper: Boolean(found['apiKeyHelper']),
	trouble: undefined,
});

const variablesIn = (found: unknown): Readonly<Record<string, string>> =>
	Object.fromEntries(
		Object.entries(isObject(found) ? found : {}).flatMap(([name, value]) =>
			['string', 'number', 'boolean'].includes(typeof value)
				? [[name, String(value)]]
				: [],
		),
	);
