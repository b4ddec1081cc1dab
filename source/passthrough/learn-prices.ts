import {Buffer} from 'node:buffer';
import {readModelsList} from '../wire/models-list.js';
import {upstreamTarget} from '../wire/paths.js';
import type {ReachableEndpoint} from './world.js';

const largestList = 8 * 1024 * 1024;
const minuteMs = 60_000;
/**
Prices change rarely, and a gateway that cannot be reached now is asked with growing pauses.
*/
const refreshMs = 6 * 60 * minuteMs;
const firstPauseMs = minuteMs / 2;
const longestPauseMs = 60 * minuteMs;

export type Learning = Readonly<{stop(): void}>;

/**
Asks the endpoints whose prices stand in their own list of models for it, now and then and beside all
requests. Only where we have a key of ours: an agent's is not used for questions that it did not ask.
Until a list has come, and for what is not on it, the catalogue holds.
*/
export function learnPrices(
	endpoints: Iterable<ReachableEndpoint>,
	{instance}: Readonly<{instance: string}>,
): Learning {
	const timers = new Map<ReachableEndpoint, NodeJS.Timeout>();
	let isStopped = false;
	const learn = async (endpoint: ReachableEndpoint, pauseMs: number) => {
		const isLearnt = await learnOnce(endpoint, instance);
		if (isStopped) {
			return;
		}

		timers.set(
			endpoint,
			setTimeout(
				() => {
					void learn(
						endpoint,
						isLearnt ? firstPauseMs : Math.min(longestPauseMs, 2 * pauseMs),
					);
				},
				isLearnt ? refreshMs : pauseMs,
			).unref(),
		);
	};

	for (const endpoint of endpoints) {
		if (endpoint.prices.takesListed && endpoint.key !== undefined) {
			void learn(endpoint, firstPauseMs);
		}
	}

	return {
		stop() {
			isStopped = true;
			for (const timer of timers.values()) {
				clearTimeout(timer);
			}
		},
	};
}

/**
True where a list came. Its own failures are nobody's concern: the rows say which price was taken.
*/
async function learnOnce(
	endpoint: ReachableEndpoint,
	instance: string,
): Promise<boolean> {
	const body = await bodyOfList(endpoint, instance);
	const list = body && readModelsList(parsed(body));
	if (!list) {
		return false;
	}

	endpoint.prices.learn(list.models);
	return true;
}

function parsed(body: Buffer): unknown {
	try {
		return JSON.parse(body.toString());
	} catch {
		// Not a list: it is asked for again.
		return undefined;
	}
}

async function bodyOfList(
	endpoint: ReachableEndpoint,
	instance: string,
): Promise<Buffer | undefined> {
	return new Promise((resolve) => {
		const chunks: Buffer[] = [];
		let length = 0;
		let isGood = false;
		endpoint.upstream.send(
			{
				method: 'GET',
				target: upstreamTarget(endpoint.config.url, '/v1/models'),
				headers: headersFor(endpoint, instance),
				body: undefined,
			},
			{
				head({status}) {
					isGood = status === 200;
				},
				data(chunk, flow) {
					length += chunk.length;
					if (!isGood || length > largestList) {
						resolve(undefined);
						flow.abort(new Error('not a list'));
						return;
					}

					chunks.push(chunk);
				},
				end() {
					resolve(isGood ? Buffer.concat(chunks) : undefined);
				},
				fail() {
					resolve(undefined);
				},
			},
		);
	});
}

function headersFor(
	{config, key}: ReachableEndpoint,
	instance: string,
): string[] {
	const isAnthropic = config.formats.every(
		(format) => format === 'anthropic-messages',
	);
	const scheme = config.auth ?? (isAnthropic ? 'x-api-key' : 'bearer');
	return [
		'accept',
		'application/json',
		'accept-encoding',
		'identity',
		...(isAnthropic ? ['anthropic-version', '2023-06-01'] : []),
		...(scheme === 'bearer' ? [] : ['x-api-key', key!]),
		...(scheme === 'x-api-key' ? [] : ['authorization', `Bearer ${key}`]),
		'x-tollgate-hop',
		instance,
	];
}
