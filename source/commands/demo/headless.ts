import process from 'node:process';
import {setTimeout as delay} from 'node:timers/promises';
import {showDuration} from '../../exchange/show.js';
import {runSimulatedAgent, type AgentReport} from '../../simulated/agent.js';
import type {Count} from '../../simulated/count.js';
import {UserError} from '../../user-error.js';
import {differences} from './compare.js';
import {countLog} from './log-count.js';
import {residentBytes} from './memory.js';
import {setStage, type Stage} from './stage.js';
import {comparison, grouped, modelTable} from './totals.js';

const concurrency = 8;

/**
Sends so many requests as fast as they go, prints what became of them, and fails where the log has
other totals than the endpoint that served them.
*/
export async function playHeadless({
	requests,
	seed,
	signal,
}: Readonly<{
	requests: number;
	seed: number;
	signal: AbortSignal;
}>): Promise<void> {
	const stage = await setStage({seed, pace: 0});
	try {
		const played = await play(stage, {requests, seed, signal});
		if (signal.aborted) {
			return;
		}

		const endpoint = stage.endpoint.count();
		const log = countLog(stage.log);
		process.stdout.write(`${report({...played, endpoint, log, seed})}\n`);
		verify(endpoint, log);
	} finally {
		await stage.strike();
	}
}

type Played = Readonly<{
	agent: AgentReport;
	tookMs: number;
	/**
	Of the passthrough, in bytes: before, halfway and after.
	*/
	memory: ReadonlyArray<number | undefined>;
}>;

async function play(
	stage: Stage,
	{
		requests,
		seed,
		signal,
	}: Readonly<{requests: number; seed: number; signal: AbortSignal}>,
): Promise<Played> {
	const baseUrl = await stage.serving;
	const {supervisor} = stage.supervised;
	const {pid} = supervisor.running!.holder;
	const memory = [residentBytes(pid)];
	const startedAt = performance.now();
	let answered = 0;
	const agent = await runSimulatedAgent({
		baseUrl,
		seed,
		requests,
		concurrency,
		pace: 0,
		signal,
		onAnswer() {
			answered += 1;
			if (answered === Math.ceil(requests / 2)) {
				memory.push(residentBytes(pid));
			}

			sayProgress(answered, requests);
		},
	});
	const tookMs = performance.now() - startedAt;
	await settled(stage);
	memory.push(residentBytes(pid));
	await supervisor.stopPassthrough();
	return {agent, tookMs, memory};
}

/**
Whoever was left in mid-answer notices a moment later.
*/
async function settled({endpoint}: Stage): Promise<void> {
	while (endpoint.count().open > 0) {
		// eslint-disable-next-line no-await-in-loop -- Looked for: nobody tells.
		await delay(10);
	}
}

function report({
	agent,
	endpoint,
	log,
	tookMs,
	memory,
	seed,
}: Played & Readonly<{endpoint: Count; log: Count; seed: number}>): string {
	const {requests} = agent.total;
	const megabytes = memory.map((bytes) =>
		bytes === undefined ? '?' : `${Math.round(bytes / 1024 / 1024)} MB`,
	);
	return [
		`${grouped(requests)} requests in ${showDuration(tookMs)} (${Math.round((requests / tookMs) * 1000)} a second)${triedAgain(requests, endpoint.total.requests)}, seed ${seed}`,
		'',
		modelTable(log),
		'',
		comparison({endpoint, log, agent}),
		'',
		...(memory[0] === undefined
			? []
			: [
					`memory of the passthrough: ${megabytes.join(', ')} (before, halfway, after)`,
				]),
	].join('\n');
}

/**
The passthrough asks again by itself: the endpoint then sees more than the agent has asked.
*/
const triedAgain = (asked: number, seen: number): string =>
	seen > asked ? `, ${grouped(seen)} with what was tried again` : '';

function verify(endpoint: Count, log: Count): void {
	const wrong = differences(endpoint, log);
	if (wrong.length > 0) {
		throw new UserError(
			`The log has other totals than the endpoint:\n${wrong.join('\n')}`,
			'This is a bug of Tollgate: please report it with the seed.',
		);
	}

	process.stdout.write(
		'The log has the totals of the endpoint, to the token.\n',
	);
}

let saidAt = 0;

function sayProgress(done: number, all: number): void {
	const now = performance.now();
	if (!process.stderr.isTTY || (done < all && now - saidAt < 100)) {
		return;
	}

	saidAt = now;
	const clearLine = '\r\u{1B}[K';
	process.stderr.write(
		done < all ? `\r${grouped(done)} of ${grouped(all)}` : clearLine,
	);
}
