import path from 'node:path';
import {variable} from '../../config/environment.js';
import {claudeSettings, claudeVariable} from './claude-settings.js';
import {codexConfig} from './codex.js';
import {opencodeConfig} from './opencode.js';
import {shownUrl} from './pointing.js';
import {processesOf, type Process} from './processes.js';
import {ok, skipped, warn, type MachineCheck, type Remark} from './remark.js';
import {isHere, type Scene} from './scene.js';

/**
Agents of this user that run now, and where they go. Only Linux tells of the variables of other processes.
*/
export const agentsCheck: MachineCheck = {
	check: 'agents',
	look(scene) {
		const {processes, uid, url} = scene;
		if (processes === undefined) {
			return [];
		}

		if (url === undefined) {
			return [
				skipped('Where agents should go is not known before the port is.'),
			];
		}

		const running = withoutWrappers(
			processesOf(processes, {
				uid,
				isWanted: (one) => agentOf(one) !== undefined,
			}),
		);
		const astray = running.flatMap((one) => remarkOn(one, scene));
		return astray.length > 0
			? astray
			: [
					ok(
						running.length === 0
							? 'No agent of yours runs now.'
							: `${running.length === 1 ? 'The one agent that runs goes' : `All ${running.length} agents that run go`} through Tollgate.`,
					),
				];
	},
};

const agents = ['claude', 'codex', 'opencode'] as const;
type Agent = (typeof agents)[number];

/**
Which agent a process is, by its own name, its program's, or the script that a runtime runs.
*/
export function agentOf({
	name,
	args,
}: Pick<Process, 'name' | 'args'>): Agent | undefined {
	const [program = '', script = ''] = args;
	const isRuntime = /^(?:node|bun|deno)$/.test(path.basename(program));
	const names = new Set(
		[name, program, ...(isRuntime ? [script] : [])].map((one) =>
			path.basename(one).replace(/\.[cm]?js$/, ''),
		),
	);
	return agents.find((agent) => names.has(agent));
}

/**
Some are started by a script of the same name, which sends nothing itself.
*/
function withoutWrappers(processes: readonly Process[]): readonly Process[] {
	return processes.filter((one) =>
		processes.every(
			(other) => other.parent !== one.pid || agentOf(other) !== agentOf(one),
		),
	);
}

function remarkOn(running: Process, scene: Scene): readonly Remark[] {
	const agent = agentOf(running)!;
	const urls = baseUrlsOf(agent, running, scene);
	if (urls.some((url) => isHere(scene, url)) || isToldHere(running, scene)) {
		return [];
	}

	const [first] = urls;
	return [
		warn(
			`${agent} (process ${running.pid}) goes ${first === undefined ? 'where it goes by itself' : `to ${shownUrl(first)}`} and not here: what it does is not measured.`,
			`Leave it, and start it again with: tollgate run -- ${agent}`,
		),
	];
}

function baseUrlsOf(
	agent: Agent,
	{env, cwd}: Process,
	scene: Scene,
): readonly string[] {
	const shell = {env, cwd: cwd ?? scene.cwd};
	const there = {...scene, ...shell};
	switch (agent) {
		case 'claude': {
			const settings = claudeSettings(scene, shell);
			const found = claudeVariable('ANTHROPIC_BASE_URL', {settings, env});
			return found === undefined ? [] : [found.value];
		}

		case 'codex': {
			const read = codexConfig(there);
			return read?.kind === 'read' && read.baseUrl !== undefined
				? [read.baseUrl]
				: [];
		}

		case 'opencode': {
			const byProvider = new Map([
				['anthropic', variable(env, 'ANTHROPIC_BASE_URL')],
				['openai', variable(env, 'OPENAI_BASE_URL')],
				// Its config counts before the variables.
				...opencodeConfig(there).providers.map(
					({name, baseUrl}) => [name, baseUrl] as const,
				),
			]);
			return [...byProvider.values()].filter((url) => url !== undefined);
		}
	}
}

/**
Base URLs among its arguments: `-c openai_base_url="…"` of codex, `--settings '{…}'` of Claude Code.
*/
const isToldHere = ({args}: Process, scene: Scene): boolean =>
	args
		.flatMap((text) => text.match(/http:\/\/[^\s"',\\}]+/g) ?? [])
		.some((url) => isHere(scene, url));
