import type {KeySource} from '../../config/endpoint-kinds.js';
import {pathText} from '../../config/problem.js';
import {environmentOf} from './processes.js';
import {
	bad,
	ok,
	skipped,
	warn,
	type MachineCheck,
	type Remark,
} from './remark.js';
import {kindOf, type Scene} from './scene.js';

/**
Values are looked at and never repeated.
*/
export const secretsCheck: MachineCheck = {
	check: 'secrets',
	look(scene) {
		const sources = sourcesOf(scene);
		const variables = new Map(
			sources.flatMap(({where, source}) =>
				source.kind === 'env' ? [[source.variable, where] as const] : [],
			),
		);
		const commands = sources.filter(({source}) => source.kind === 'cmd').length;
		const remarks = [
			...Array.from(variables, ([name, where]) =>
				ofVariable(name, where, scene),
			),
			...ofPassthrough([...variables.keys()], scene),
			...(commands === 0
				? []
				: [
						skipped(
							`${commands === 1 ? 'A key comes' : `${commands} keys come`} from a command, which is not run here: tollgate config check`,
						),
					]),
		];
		return remarks.length === 0
			? [ok('The config names no variable.')]
			: remarks;
	},
};

type Sourced = Readonly<{where: string; source: KeySource}>;

const sourcesOf = ({inspected}: Scene): readonly Sourced[] => [
	...(inspected?.endpoints ?? []).map(({name, key}) => ({
		where: pathText(['endpoints', name, 'key']),
		source: key,
	})),
	...(inspected?.keys ?? []).flatMap(({name, credentials}) =>
		Array.from(credentials, ([endpoint, source]) => ({
			where: pathText(['keys', name, 'credentials', endpoint]),
			source,
		})),
	),
];

function ofVariable(name: string, where: string, {env}: Scene): Remark {
	const value = env[name];
	const named = `The variable ${name}, which ${where} names,`;
	if (value === undefined) {
		return bad(`${named} is not set here.`, `Run: export ${name}=…`);
	}

	if (value.trim() === '') {
		return bad(`${named} is empty.`, `Give it the key: export ${name}=…`);
	}

	if (/[\n\r]/.test(value.trim())) {
		return bad(
			`${named} has several lines.`,
			'A key is one line: set it to that alone.',
		);
	}

	if (value !== value.trim()) {
		return bad(
			`${named} has a ${/[\n\r]/.test(value) ? 'line break' : 'space'} before or after the key.`,
			`Take it away: export ${name}="$(printf %s "$${name}" | tr -d '[:space:]')"`,
		);
	}

	return /^["'«‘“].*["'»’”]$/v.test(value)
		? bad(
				`${named} has quotes around the key that are a part of it.`,
				'Set it without them: a shell takes its own away, a file of settings often does not.',
			)
		: ok(`${name} is set.`);
}

/**
What the one that runs was started with, where the system tells: Linux does.
*/
function ofPassthrough(
	names: readonly string[],
	scene: Scene,
): readonly Remark[] {
	const {found, env, processes} = scene;
	if (kindOf(found) !== 'serving' || !('holder' in found) || !found.holder) {
		return [];
	}

	const {pid} = found.holder;
	const theirs = environmentOf(processes, pid);
	return names.flatMap((name) => {
		const here = env[name] ?? '';
		const there = theirs?.[name] ?? '';
		if (theirs === undefined || here === there) {
			return [];
		}

		const said =
			there === ''
				? `was started without ${name}.`
				: here !== '' && `was started with another ${name} than is set here.`;
		return said
			? [
					warn(
						`The passthrough that runs (process ${pid}) ${said}`,
						'Where the one here is right: tollgate stop, then start it again from this shell.',
					),
				]
			: [];
	});
}
