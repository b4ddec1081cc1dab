import path from 'node:path';
import {parse} from 'smol-toml';
import {variable} from '../../config/environment.js';
import {tilde} from './place.js';
import {pointingOf, shownUrl} from './pointing.js';
import {ok, warn, type MachineCheck} from './remark.js';
import type {Scene} from './scene.js';

/**
Codex takes its base URL from the user's config, and from no variable and no project.
*/
export const codexCheck: MachineCheck = {
	check: 'codex',
	async look(scene) {
		const read = codexConfig(scene);
		if (read === undefined) {
			return [];
		}

		const file = tilde(read.file, scene);
		if (read.kind === 'unreadable') {
			return [
				warn(
					`${file} ${read.why}, so where codex goes is not known.`,
					'Open it and put it right.',
				),
			];
		}

		const {baseUrl} = read;
		if (baseUrl === undefined) {
			return [
				ok(
					`${file} names no base URL: "tollgate run" sets it for the codex it starts.`,
				),
			];
		}

		const {kind} = await pointingOf(baseUrl, scene);
		return [
			kind === 'here'
				? ok(`${file} points codex here.`)
				: warn(
						`${file} sends codex to ${shownUrl(baseUrl)}${kind === 'nobody' ? ', where nobody listens' : ''}: it goes past Tollgate.`,
						'Start it with tollgate run, or write there what this prints: tollgate env --for codex',
					),
		];
	},
};

const builtIn = 'openai';

export type CodexConfig = Readonly<{file: string}> &
	Readonly<
		| {kind: 'unreadable'; why: string}
		| {kind: 'read'; baseUrl: string | undefined}
	>;

/**
What codex would find; undefined where it has no config.
*/
export function codexConfig({
	env,
	userHome,
	readFile,
}: Pick<Scene, 'env' | 'userHome' | 'readFile'>): CodexConfig | undefined {
	const folder = variable(env, 'CODEX_HOME') ?? path.join(userHome, '.codex');
	const file = path.join(folder, 'config.toml');
	try {
		const text = readFile(file);
		return text === undefined
			? undefined
			: {file, kind: 'read', baseUrl: baseUrlIn(tableOf(parse(text)))};
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		// What the parser says quotes the file, and keys may stand there.
		const why = code === undefined ? 'is not TOML' : `cannot be read (${code})`;
		return {file, kind: 'unreadable', why};
	}
}

type Table = Readonly<Record<string, unknown>>;

function baseUrlIn(config: Table): string | undefined {
	const provider = textOf(config['model_provider']) ?? builtIn;
	const own = tableOf(tableOf(config['model_providers'])[provider]);
	return textOf(
		provider === builtIn ? config['openai_base_url'] : own['base_url'],
	);
}

const tableOf = (value: unknown): Table =>
	typeof value === 'object' && value !== null ? (value as Table) : {};

const textOf = (value: unknown): string | undefined =>
	typeof value === 'string' && value !== '' ? value : undefined;
