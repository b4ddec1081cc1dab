import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {asAsked} from '../../exchange/as-asked.js';
import {homeFiles, type Home} from '../../config/home.js';
import {loadConfig} from '../../config/load.js';
import {
	startSimulatedEndpoint,
	type SimulatedEndpoint,
} from '../../simulated/endpoint.js';
import {everydayFaults} from '../../simulated/faults.js';
import {supervise, type Supervised} from '../supervise/supervise.js';
import {killAll, stopAll} from './children.js';
import {whenServing} from './when-serving.js';

/**
All that a demo plays on: a simulated endpoint in this process, a home that nobody else has, and the
real passthrough between them, as a process of its own.
*/
export type Stage = Readonly<{
	endpoint: SimulatedEndpoint;
	supervised: Supervised;
	/**
	Absolute path of the usage log.
	*/
	log: string;
	/**
	Where the passthrough listens, once it does. Rejects with the reason where it cannot.
	*/
	serving: Promise<string>;
	/**
	Stops all of it and takes its files away.
	*/
	strike(): Promise<void>;
}>;

/**
`pace` 1 is human speed, 0 waits for nothing. `active` is the active alias; none where it is left out.
`dailyCap` in US dollars; with none, no guard looks on either.
*/
export async function setStage(
	given: Readonly<{
		seed: number;
		pace: number;
		active?: string;
		dailyCap?: number;
	}>,
): Promise<Stage> {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tollgate-demo-'));
	const home: Home = {config: folder, data: folder, single: true};
	const endpoint = await startSimulatedEndpoint({
		...given,
		faults: everydayFaults,
	});
	const settings = {
		url: endpoint.url,
		active: given.active ?? asAsked,
		dailyCap: given.dailyCap,
	};
	writeConfig(home, {...settings, port: 0});
	const env = withoutProxies(process.env);
	const config = loadConfig({home, env});
	const supervised = supervise(
		{home, files: homeFiles(home), config},
		{env, detached: false},
	);
	const {supervisor} = supervised;
	const leaveNothing = () => {
		killAll(supervisor.children);
		fs.rmSync(folder, {recursive: true, force: true});
	};

	// The last that is done, whatever ends this process.
	process.once('exit', leaveNothing);
	return {
		endpoint,
		supervised,
		log: config.server.log,
		serving: whenServing(supervisor).then((url) => {
			// Should it die, the next one is looked for in the same place.
			writeConfig(home, {...settings, port: Number(new URL(url).port)});
			return url;
		}),
		async strike() {
			supervised.close();
			await stopAll(supervisor.children);
			await endpoint.close();
			leaveNothing();
			process.off('exit', leaveNothing);
		},
	};
}

function writeConfig(
	home: Home,
	{
		url,
		port,
		active,
		dailyCap,
	}: Readonly<{
		url: string;
		port: number;
		active: string;
		dailyCap: number | undefined;
	}>,
): void {
	const lines = [
		'[server]',
		`port = ${port}`,
		'',
		'[endpoints.simulated]',
		`url = "${url}"`,
		'key = "agent"',
		'[aliases.coding-default]',
		'targets = ["simulated/claude-sonnet-4-6"]',
		'[aliases.coding-deep]',
		'targets = ["simulated/claude-opus-5-5"]',
		'[aliases.coding-fast]',
		'targets = ["simulated/claude-haiku-4-5"]',
		'[routing]',
		`active = "${active}"`,
		'[retry]',
		// What goes wrong here is drawn by lot: nothing would be gained by waiting.
		'on_strikes = "return"',
		...(dailyCap === undefined
			? ['[guard]', 'enabled = false']
			: ['[keys.default]', `daily_cap = ${dailyCap.toFixed(2)}`]),
		'',
	];
	fs.writeFileSync(homeFiles(home).config, lines.join('\n'), {mode: 0o600});
}

// What is simulated here is not to be looked for behind a proxy.
const withoutProxies = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
	...env,
	NO_PROXY: '127.0.0.1',
	no_proxy: '127.0.0.1',
});
