import {randomUUID} from 'node:crypto';
import type http from 'node:http';
import type {IncomingMessage, ServerResponse} from 'node:http';
import {Server} from 'node:net';
import process from 'node:process';
import type {Config} from '../config/config.js';
import type {Credentials} from '../config/credentials.js';
import {publishedConfig} from '../config/published.js';
import {identityPath} from '../control/identity.js';
import type {Identity, PassthroughRow} from '../control/passthrough-row.js';
import {checkDoor, type Door} from '../policy/door.js';
import {Recorder} from '../usage-log/recorder.js';
import {Beat} from './beat.js';
import {bodyHasher} from './body-hash.js';
import {createListener, listen} from './listener.js';
import {learnPrices} from './learn-prices.js';
import type {OpenExchange} from './open-exchange.js';
import {pass} from './pass.js';
import {Memory} from './recollection.js';
import {Slabs} from './slabs.js';
import {createUpstream} from './upstream.js';
import type {ReachableEndpoint, World} from './world.js';
import {YoungGarbage} from './young-garbage.js';

export type PassthroughOptions = Readonly<{
	config: Config;
	credentials: Credentials;
	/**
	The folder this passthrough belongs to, and what it is known by in the log.
	*/
	home: string;
	version: string;
	/**
	Secret of this home, for hashes of bodies.
	*/
	hashKey: Uint8Array;
	env: NodeJS.ProcessEnv;
	now?(): number;
	/**
	Bugs of ours and news for `crash.log`.
	*/
	report(message: string, error?: unknown): void;
}>;

export type Passthrough = Readonly<{
	url: string;
	instance: string;
	identity(): Identity;
	/**
	Stops accepting, lets streams finish for as long as `patienceMs`, and closes the log. Answers how
	many were cut.
	*/
	drain(patienceMs: number): Promise<number>;
}>;

/**
An upload that has not moved for this long is given up.
*/
const uploadIdleMs = 60_000;

/**
Opens the log, listens, and serves until drained. Throws what the system says where it cannot listen.
*/
export async function startPassthrough(
	options: PassthroughOptions,
): Promise<Passthrough> {
	const {config} = options;
	const now = options.now ?? Date.now;
	const startedAt = now();
	const instance = randomUUID();
	const open = new Set<OpenExchange>();
	let state: PassthroughRow['state'] = 'serving';
	let port = 0;
	let door: Door = {host: config.server.host, port, allowOrigins: []};
	let answers = 0;
	let movedAside: string | undefined;

	const listening = Promise.withResolvers<void>();
	const endpoints = listening.promise.then(async () => reachable(options));
	const recorder = new Recorder({
		path: config.server.log,
		owner: instance,
		now,
		onMovedAside(name) {
			movedAside = name;
			options.report(
				`The usage log was broken. It was moved aside to ${name}, and a new one begun.`,
			);
		},
		onPoison(error) {
			options.report('A row could not be written.', error);
		},
	});

	const world: World = {
		instance,
		now,
		config,
		endpoints,
		recorder,
		hashBody: bodyHasher(options.hashKey),
		memory: new Memory(),
		open,
		uploads: new Map(),
		slabs: new Slabs(),
		garbage: new YoungGarbage(),
		door: () => door,
		isDraining: () => state !== 'serving',
		nextRequestId: () => `tollgate_${instance.slice(0, 8)}_${++answers}`,
	};

	const identity = (): Identity => ({
		instance,
		home: options.home,
		pid: process.pid,
		version: options.version,
		startedAt,
		state,
		recording: recorder.trouble === undefined,
		notRecordingSince: recorder.trouble?.sinceMs,
		notRecordingReason: recorder.trouble?.reason,
		open: open.size,
		movedAside,
		config: publishedConfig(config),
	});

	let lastBusyAt = 0;
	const server = createListener((request, response) => {
		if (request.url === identityPath && isAtHome(request, world)) {
			tellIdentity(response, identity());
			return;
		}

		lastBusyAt = now();
		void pass(request, response, world).catch((error: unknown) => {
			options.report('A request met a bug.', error);
			response.destroy();
		});
	});

	try {
		port = await listen(server, config.server);
		door = {...door, port, allowOrigins: config.server.allowOrigins};
		// Whoever waits for us to listen does not wait for the client of the endpoints to be loaded as well.
		setImmediate(listening.resolve);
	} catch (error) {
		recorder.close();
		throw error;
	}

	const url = `http://${config.server.host.includes(':') ? `[${config.server.host}]` : config.server.host}:${port}`;
	const beat = new Beat({
		recorder,
		open,
		now,
		lastBusyAt: () => lastBusyAt,
		keepMs: config.log.keepMs,
		row: () => ({
			instance,
			home: options.home,
			pid: process.pid,
			version: options.version,
			url,
			startedAt,
			heartbeatAt: now(),
			state,
			config: publishedConfig(config),
		}),
	});
	beat.start();
	const learning = endpoints.then((reached) =>
		learnPrices(reached.values(), {instance}),
	);
	const sweeper = sweepUploads(world);

	return {
		url,
		instance,
		identity,
		async drain(patienceMs) {
			state = 'draining';
			beat.tick();
			const cut = await emptied(server, {open, patienceMs});
			clearInterval(sweeper);
			state = 'stopped';
			await beat.stop();
			const unwritten = recorder.close();
			if (unwritten > 0) {
				options.report(
					`${unwritten} rows could not be written to the usage log.`,
				);
			}

			const reached = await endpoints;
			const learnt = await learning;
			learnt.stop();
			await Promise.all(
				[...reached.values()].map(async ({upstream}) => upstream.close()),
			);
			return cut;
		},
	};
}

async function reachable({
	config,
	credentials,
	env,
}: PassthroughOptions): Promise<ReadonlyMap<string, ReachableEndpoint>> {
	const secrets = [...credentials.values()].map((secret) => secret.reveal());
	// Not before somebody needs it: the list of prices is long.
	const {PriceBook} = await import('../pricing/price-book.js');
	const user = new Map(config.prices.map(({model, price}) => [model, price]));
	const entries = config.endpoints.map(
		async (endpoint): Promise<[string, ReachableEndpoint]> => [
			endpoint.name,
			{
				config: endpoint,
				key: credentials.get(endpoint.name)?.reveal(),
				secrets,
				refusesUsageOption: false,
				prices: new PriceBook({
					user,
					host: endpoint.url.hostname,
					multiplier: endpoint.priceMultiplier,
					takesListed: endpoint.prices === 'models',
				}),
				upstream: await createUpstream({
					origin: endpoint.url,
					headerTimeoutMs: config.server.headerTimeoutMs,
					idleTimeoutMs: config.server.idleTimeoutMs,
					env,
				}),
			},
		],
	);
	return new Map(await Promise.all(entries));
}

/**
Not for pages in a browser, whatever origins may send requests through.
*/
function isAtHome({method, headers}: IncomingMessage, world: World): boolean {
	return (
		method === 'GET' &&
		checkDoor(
			{...world.door(), allowOrigins: []},
			{host: headers.host, origin: headers.origin},
		) === undefined
	);
}

function tellIdentity(response: ServerResponse, identity: Identity): void {
	response.setHeader('content-type', 'application/json');
	response.end(JSON.stringify({tollgate: identity}));
}

function sweepUploads({uploads, now}: World): NodeJS.Timeout {
	return setInterval(() => {
		const oldest = now() - uploadIdleMs;
		for (const [request, movedAt] of uploads) {
			if (movedAt < oldest) {
				request.destroy();
			}
		}
	}, 5000).unref();
}

/**
Waits until the last exchange has ended, then cuts what is left. Answers how many that were.
*/
async function emptied(
	server: http.Server,
	{
		open,
		patienceMs,
	}: Readonly<{open: ReadonlySet<OpenExchange>; patienceMs: number}>,
): Promise<number> {
	// An HTTP server's own close also ends connections whose answer has been written but has not all gone:
	// for now it only stops listening.
	const closed = new Promise<void>((resolve) => {
		Server.prototype.close.call(server, () => {
			resolve();
		});
	});
	const giveUpAt = performance.now() + patienceMs;
	while (open.size > 0 && performance.now() < giveUpAt) {
		// eslint-disable-next-line no-await-in-loop -- Polled: exchanges end in many places.
		await new Promise((resolve) => {
			setTimeout(resolve, 20);
		});
	}

	const cut = open.size;
	server.closeAllConnections();
	await closed;
	server.close();
	// The exchanges that were cut write their last rows.
	await new Promise((resolve) => {
		setTimeout(resolve, 20);
	});
	return cut;
}
