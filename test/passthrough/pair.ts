import {
	startSimulatedEndpoint,
	type EndpointOptions,
	type SimulatedEndpoint,
} from '../../source/simulated/endpoint.js';
import {
	startTollgate,
	type Given,
	type Running,
} from '../helpers/passthrough.js';

export type Pair = AsyncDisposable &
	Readonly<{
		/**
		For those who ask without us between.
		*/
		direct: SimulatedEndpoint;
		/**
		Its twin, behind the passthrough.
		*/
		behind: SimulatedEndpoint;
		tollgate: Running;
		/**
		What a client sees directly, and what it sees through us.
		*/
		bothWays<Seen>(
			look: (url: string) => Promise<Seen>,
		): Promise<Readonly<{direct: Seen; through: Seen}>>;
	}>;

/**
Two simulated endpoints with one seed, which give the same answers to the same requests, and a
passthrough in front of one of them.
*/
export async function startPair(
	given: Given = {},
	options: EndpointOptions = {},
): Promise<Pair> {
	const start = async () =>
		startSimulatedEndpoint({pace: 0, seed: 11, ...options});
	const direct = await start();
	const behind = await start();
	const tollgate = await startTollgate({endpoint: behind.url, ...given});
	return {
		direct,
		behind,
		tollgate,
		async bothWays(look) {
			return {
				direct: await look(direct.url),
				through: await look(tollgate.url),
			};
		},
		async [Symbol.asyncDispose]() {
			await tollgate[Symbol.asyncDispose]();
			await direct.close();
			await behind.close();
		},
	};
}

/**
What was thrown, as far as a client can tell it apart.
*/
export async function thrownBy(asking: Promise<unknown>) {
	try {
		await asking;
	} catch (error) {
		const {name, constructor, message, status, type, code} = error as Error &
			Readonly<Record<'status' | 'type' | 'code', unknown>>;
		return {name, kind: constructor.name, message, status, type, code};
	}

	return 'nothing was thrown';
}

const instants = new Set(['created', 'created_at', 'completed_at']);

/**
Instants of two runs are not the same.
*/
export function withoutTime<Value>(value: Value): Value {
	return JSON.parse(
		JSON.stringify(value, (key, part: unknown) =>
			instants.has(key) ? 0 : part,
		),
	) as Value;
}

/**
All there is to come, in its order.
*/
export async function allOf<Item>(
	source: AsyncIterable<Item> | PromiseLike<AsyncIterable<Item>>,
): Promise<Item[]> {
	const items: Item[] = [];
	const stream = await source;
	for await (const item of stream) {
		items.push(item);
	}

	return items;
}
