import process from 'node:process';
import {runSimulatedAgent} from '../../simulated/agent.js';
import {sayLast} from '../say-last.js';
import {playHistory} from './history.js';
import {setStage, type Stage} from './stage.js';

const concurrency = 4;

export type ShowOptions = Readonly<{
	/**
	After so many the agent rests; Infinity for never.
	*/
	requests: number;
	seed: number;
	ascii: boolean;
	/**
	Aborts when a signal asks this process to leave.
	*/
	signal: AbortSignal;
}>;

/**
Shows the monitor over a simulated day at human speed, until it is left.
*/
export async function showDemo(options: ShowOptions): Promise<void> {
	const stage = await setStage({
		seed: options.seed,
		pace: 1,
		active: 'coding-default',
		dailyCap: 20,
	});
	const agent = new AbortController();
	const acting = act(stage, {...options, signal: agent.signal});
	try {
		const {runMonitor} = await import('../../monitor/run-monitor.js');
		if (options.signal.aborted) {
			return;
		}

		const {ascii} = options;
		const end = await runMonitor(stage.supervised.world, {
			ascii,
			readOnly: false,
			isLeavingTold: true,
			notices: [],
		});
		process.exitCode = end.reason === 'signal' ? 130 : 0;
		const [seen = ''] = end.lastLines.split('\n', 1);
		sayLast(`${seen}\nThe demo has ended; nothing of it is left.\n`);
	} finally {
		agent.abort();
		await acting;
		await stage.strike();
	}
}

/**
The agent's part. Never rejects: that the passthrough does not serve is seen on the screen.
*/
async function act(
	stage: Stage,
	{requests, seed, signal}: ShowOptions,
): Promise<void> {
	try {
		const baseUrl = await stage.serving;
		await Promise.all([
			playHistory({baseUrl, seed, signal}),
			runSimulatedAgent({baseUrl, seed, requests, concurrency, signal}),
		]);
	} catch {
		// As said above.
	}
}
