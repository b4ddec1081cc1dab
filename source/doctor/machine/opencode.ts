import path from 'node:path';
import {variable} from '../../config/environment.js';
import {printable} from '../../config/printable.js';
import {fieldsOf, isObject} from '../../wire/foreign-json.js';
import {rootOf} from './claude-settings.js';
import {parseJsonc} from './jsonc.js';
import {tilde} from './place.js';
import {pointingOf, shownUrl, urlToGive} from './pointing.js';
import {ok, warn, type MachineCheck, type Remark} from './remark.js';
import type {Scene} from './scene.js';

export const opencodeCheck: MachineCheck = {
	check: 'opencode',
	async look(scene) {
		const {providers, troubled, isThere} = opencodeConfig(scene);
		const remarks = [
			...troubled.map(({file, why}) =>
				warn(
					`${tilde(file, scene)} ${why}, so where opencode goes is not known.`,
					'Open it and put it right.',
				),
			),
			...(await Promise.all(
				providers.map(async (provider) => ofProvider(provider, scene)),
			)),
		];
		return remarks.length > 0 || !isThere
			? remarks
			: [ok('No config of opencode names a base URL.')];
	},
};

type Provider = Readonly<{name: string; baseUrl: string; from: string}>;

async function ofProvider(
	{name, baseUrl, from}: Provider,
	scene: Scene,
): Promise<Remark> {
	const {kind} = await pointingOf(baseUrl, scene);
	return kind === 'here'
		? ok(
				`${tilde(from, scene)} points the provider ${printable(name)} of opencode here.`,
			)
		: warn(
				`${tilde(from, scene)} sends the provider ${printable(name)} of opencode to ${shownUrl(baseUrl)}${kind === 'nobody' ? ', where nobody listens' : ''}: it goes past Tollgate.`,
				`Write ${urlToGive(scene, {withVersion: true})} there as its baseURL, or start opencode with tollgate run.`,
			);
}

export type OpencodeConfig = Readonly<{
	isThere: boolean;
	/**
	Those with a base URL of their own, each as the config that counts most has it.
	*/
	providers: readonly Provider[];
	troubled: ReadonlyArray<Readonly<{file: string; why: string}>>;
}>;

const inline = 'OPENCODE_CONFIG_CONTENT';

/**
What opencode would find when it is started in a folder; what counts more stands later.
*/
export function opencodeConfig(
	scene: Pick<Scene, 'env' | 'cwd' | 'userHome' | 'readFile'>,
): OpencodeConfig {
	const {env} = scene;
	const read = filesOf(scene).map((file) => ({file, ...readIn(file, scene)}));
	const content = variable(env, inline);
	const found = [
		...read,
		...(content === undefined
			? []
			: [{file: inline, value: parseJsonc(content), why: undefined}]),
	];
	const providers = new Map(
		found.flatMap(({file, value}) =>
			providersIn(value, env).map(
				(one) => [one.name, {...one, from: file}] as const,
			),
		),
	);
	return {
		isThere: found.some(({value}) => value !== undefined),
		providers: [...providers.values()],
		troubled: found.flatMap(({file, why}) =>
			why === undefined ? [] : [{file, why}],
		),
	};
}

function filesOf({
	env,
	cwd,
	userHome,
}: Pick<Scene, 'env' | 'cwd' | 'userHome'>): readonly string[] {
	const names = ['opencode.json', 'opencode.jsonc'];
	const own = path.join(
		variable(env, 'XDG_CONFIG_HOME') ?? path.join(userHome, '.config'),
		'opencode',
	);
	const named = variable(env, 'OPENCODE_CONFIG');
	const project = [...new Set([rootOf(cwd) ?? cwd, cwd])];
	return [
		...['config.json', ...names].map((name) => path.join(own, name)),
		...(named === undefined ? [] : [path.resolve(cwd, named)]),
		...project.flatMap((folder) =>
			names.map((name) => path.join(folder, name)),
		),
		...project.flatMap((folder) =>
			names.map((name) => path.join(folder, '.opencode', name)),
		),
	];
}

function readIn(
	file: string,
	{readFile}: Pick<Scene, 'readFile'>,
): Readonly<{value: unknown; why: string | undefined}> {
	try {
		const text = readFile(file);
		const value = text === undefined ? undefined : parseJsonc(text);
		const isWrong =
			text !== undefined && text.trim() !== '' && !isObject(value);
		return {value, why: isWrong ? 'is not JSON' : undefined};
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		return {value: undefined, why: `cannot be read (${code})`};
	}
}

function providersIn(
	config: unknown,
	env: NodeJS.ProcessEnv,
): ReadonlyArray<Readonly<{name: string; baseUrl: string}>> {
	const {provider} = fieldsOf<'provider'>(config);
	return Object.entries(isObject(provider) ? provider : {}).flatMap(
		([name, value]) => {
			const {options} = fieldsOf<'options'>(value);
			const {baseURL: written} = fieldsOf<'baseURL'>(options);
			const baseUrl =
				typeof written === 'string'
					? written.replaceAll(
							/\{env:(?<variable>[^}]+)\}/g,
							(_, one: string) => env[one] ?? '',
						)
					: '';
			return baseUrl === '' ? [] : [{name, baseUrl}];
		},
	);
}
