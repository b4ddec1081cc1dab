import {once} from 'node:events';
import {
	createServer,
	type IncomingMessage,
	type Server,
	type ServerResponse,
} from 'node:http';
import type {AddressInfo} from 'node:net';
import type {Count} from './count.js';
import type {FaultPlan} from './faults.js';
import {receive} from './call.js';
import {route} from './route.js';
import {
	createStage,
	type Entered,
	type Script,
	type SeenRequest,
	type Stage,
} from './script.js';
import {createWorld, type World} from './world.js';

export type EndpointOptions = Readonly<{
	/**
	0, the default, takes any that is free.
	*/
	port?: number;
	host?: '127.0.0.1';
	/**
	The same seed and the same requests give the same answers, ids included.
	*/
	seed?: number;
	/**
	1, the default, is human speed; 0 waits for nothing.
	*/
	pace?: number;
	faults?: FaultPlan;
	/**
	With it, requests that do not bring it are answered 401.
	*/
	apiKey?: string;
	/**
	Says what happens to each request, before `x-simulate` and `faults`. With it, requests are kept in
	`seen`. An empty one, `() => undefined`, only keeps them.
	*/
	script?: Script;
	/**
	Says of a request whose body has not been read whether its connection is reset.
	*/
	resetAtDoor?: (request: IncomingMessage) => boolean;
}>;

/**
What was served, to the token. Requests still being answered are only in `open`.
*/
export type SimulatedCount = Count &
	Readonly<{
		open: number;
		/**
		Requests that are not for an answer: they use nothing.
		*/
		others: Readonly<Record<'countTokens' | 'models' | 'unknown', number>>;
	}>;

export type SimulatedEndpoint = Readonly<{
	/**
	`http://127.0.0.1:PORT`, without a path.
	*/
	url: string;
	count(): SimulatedCount;
	/**
	What came, where there is a script. Those reset at the door are not in it.
	*/
	seen: readonly SeenRequest[];
	/**
	Hangs up on everybody, and is done when nothing is left open.
	*/
	close(): Promise<void>;
}>;

/**
Starts an endpoint that speaks Anthropic Messages, OpenAI Chat Completions and Responses, without a
model behind it. What goes wrong is drawn from `faults`, or demanded by a request's `x-simulate`
header. Rejects when the port is taken.
*/
export async function startSimulatedEndpoint(
	options: EndpointOptions = {},
): Promise<SimulatedEndpoint> {
	const {
		port = 0,
		host = '127.0.0.1',
		seed = 1,
		pace = 1,
		faults = {},
		apiKey,
		script,
		resetAtDoor = () => false,
	} = options;
	const stage = script && createStage(script, Date.now);
	const world = createWorld({seed, pace, faults, apiKey});
	const running = new Set<Promise<void>>();
	const server = createServer(
		// A client of ours may keep a connection for long between two requests.
		{keepAliveTimeout: 75_000, requestTimeout: 0},
		(request, response) => {
			if (resetAtDoor(request)) {
				request.socket.resetAndDestroy();
				return;
			}

			const handled = handle({request, response}, world, stage).finally(() => {
				running.delete(handled);
			});
			running.add(handled);
		},
	);
	server.listen(port, host);
	await once(server, 'listening');

	return {
		url: `http://${host}:${(server.address() as AddressInfo).port}`,
		count: () => ({
			...world.counter.read(),
			open: world.serving.open,
			others: {...world.serving.others},
		}),
		seen: stage?.seen ?? [],
		close: async () => close(server, running),
	};
}

async function close(
	server: Server,
	running: ReadonlySet<Promise<void>>,
): Promise<void> {
	if (server.listening) {
		const closed = once(server, 'close');
		server.close();
		server.closeAllConnections();
		await closed;
	}

	await Promise.all(running);
}

async function handle(
	{
		request,
		response,
	}: Readonly<{request: IncomingMessage; response: ServerResponse}>,
	world: World,
	stage: Stage | undefined,
): Promise<void> {
	const at = Date.now();
	const left = new AbortController();
	response.once('close', () => {
		if (!response.writableFinished) {
			left.abort();
		}
	});
	// A word that comes too late for a client that has left.
	response.once('error', () => {
		left.abort();
	});
	let entered: Entered | undefined;
	try {
		const call = await receive({request, response, signal: left.signal}, world);
		entered = stage?.enter(call, at);
		const ending = await route(entered?.call ?? call, world);
		entered?.end(ending);
	} catch (error) {
		// A client that leaves while it is still asking has asked for nothing.
		if (!left.signal.aborted && !request.errored) {
			throw error;
		}

		entered?.end('aborted');
	}
}
