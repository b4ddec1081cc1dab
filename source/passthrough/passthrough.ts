import type {IncomingMessage, ServerResponse} from 'node:http';
import process from 'node:process';
import {aliasOrNone} from '../exchange/as-asked.js';
import {freshId} from '../fresh-random.js';
import type {Config} from '../config/config.js';
import type {Credentials, KeyCredentials} from '../config/credentials.js';
import {identityPath} from '../control/identity.js';
import type {Identity, PassthroughRow} from '../control/passthrough-row.js';
import {checkDoor, type Door} from '../policy/door.js';
import {Recorder} from '../usage-log/recorder.js';
import type {Steering} from '../control/steering.js';
import {Asked} from './asked.js';
import {Beat} from './beat.js';
import {bodyHasher} from './body-hash.js';
import {Caps} from './caps.js';
import {Desk} from './desk.js';
import {emptied} from './emptied.js';
import {Helm} from './helm.js';
import {createListener, isFromHere, listen} from './listener.js';
import {Listeners} from './listeners.js';
import type {OpenExchange} from './open-exchange.js';
import {Orders} from './orders.js';
import {pass} from './pass.js';
import {Memory} from './recollection.js';
import {Slabs} from './slabs.js';
import {Reach} from './reach.js';
import {Traffic} from './traffic.js';
import {Warnings} from './warnings.js';
import {Watch} from './watch.js';
import type {World} from './world.js';
import {YoungGarbage} from './young-garbage.js';

export type PassthroughOptions = Readonly<{
	config: Config;
	credentials: Credentials;
	/**
	Those that local keys have of their own.
	*/
	keyCredentials?: KeyCredentials;
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
	/**
	Puts another config in force without a break. `needsRestart` names settings that cannot be in
	force before a restart; `readAt` in epoch milliseconds.
	*/
	replaceConfig(
		next: Pick<
			PassthroughOptions,
			'config' | 'credentials' | 'keyCredentials'
		> &
			Readonly<{needsRestart: readonly string[]; readAt: number}>,
	): Promise<void>;
	/**
	The config on disk cannot be used, in one line; what is in force stays.
	*/
	complain(problem: string): void;
}>;

/**
An upload that has not moved for this long is given up.
*/
const uploadIdleMs = 60_000;

/**
How often we look what others wish for.
*/
const pollMs = 100;

/**
Opens the log, listens, and serves until drained. Throws what the system says where it cannot listen.
*/
export async function startPassthrough(
	options: PassthroughOptions,
): Promise<Passthrough> {
	const {config} = options;
	const now = options.now ?? Date.now;
	const startedAt = now();
	const instance = freshId();
	const open = new Set<OpenExchange>();
	let state: PassthroughRow['state'] = 'serving';
	let port = 0;
	let door: Door = {host: config.server.host, port, allowOrigins: []};
	let answers = 0;
	let movedAside: string | undefined;

	const listening = Promise.withResolvers<void>();
	const reach = new Reach({...options, instance, start: listening.promise});
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
		onReplaced(db) {
			caps.counts.carryTo(db);
		},
		onPoison(error) {
			options.report('A row could not be written.', error);
		},
	});

	const pulse: {
		beat?: Beat;
		steered?: () => void;
		changed?: () => void;
	} = {};
	const traffic = new Traffic(config.concurrency.max);
	const helm = new Helm({
		home: options.home,
		recorder,
		now,
		first: () => aliasOrNone(reach.current().config.routing.active),
		isAlias: (name) =>
			reach.current().config.aliases.some((alias) => alias.name === name),
		onChange() {
			pulse.changed?.();
			pulse.beat?.tellNow();
			pulse.steered?.();
		},
	});
	const caps = new Caps({
		recorder,
		helm,
		now,
		config: () => reach.current().config,
		cheaper: () => reach.cheaper(helm.active.value.alias),
		report: options.report,
	});
	const watch = new Watch({
		recorder,
		helm,
		now,
		limits: () => reach.current().config.guard,
	});
	const asked = new Asked();
	const warnings = new Warnings(recorder);
	const orders = new Orders({home: options.home, recorder, open});
	const desk = new Desk({
		home: options.home,
		recorder,
		caps,
		asked,
		orders,
		now,
	});
	let wasPaused = helm.isPaused;
	pulse.changed = () => {
		desk.again();
		if (wasPaused && !helm.isPaused) {
			watch.reset();
		}

		wasPaused = helm.isPaused;
	};

	const whenDraining = new Listeners();
	const whenSteered = new Listeners();
	pulse.steered = () => {
		whenSteered.call();
	};

	let configProblem: string | null = null;
	let needsRestart: readonly string[] = [];
	let configReadAt = startedAt;
	let requests = 0;
	const steering = (): Steering => ({
		change: helm.change,
		active: helm.active,
		pause: helm.pause,
		endpoints: traffic.standing(
			reach.current().config.endpoints.map(({name}) => name),
			now(),
		),
		configProblem,
		needsRestart,
		configReadAt,
		keys: caps.standing(),
		warnings: warnings.all,
	});

	const world: World = {
		instance,
		startedAt,
		now,
		inForce: () => reach.current(),
		recorder,
		helm,
		traffic,
		caps,
		asked,
		watch,
		warnings,
		isSomebodyThere: () => desk.isSomebodyThere(),
		nextOrder: () => ++requests,
		hashBody: bodyHasher(options.hashKey),
		memory: new Memory(),
		open,
		uploads: new Map(),
		slabs: new Slabs(),
		garbage: new YoungGarbage(),
		door: () => door,
		isDraining: () => state !== 'serving',
		onDraining: (listener) => whenDraining.add(listener),
		onSteered: (listener) => whenSteered.add(listener),
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
		config: reach.published(),
		steering: steering(),
	});

	let lastBusyAt = 0;
	const server = createListener(
		(request, response) => {
			if (request.url === identityPath && isAtHome(request, world)) {
				tellIdentity(response, identity());
				return;
			}

			lastBusyAt = now();
			void pass(request, response, world).catch((error: unknown) => {
				options.report('A request met a bug.', error);
				response.destroy();
			});
		},
		{door: () => door},
	);

	try {
		port = await listen(server, config.server);
		door = {...door, port, allowOrigins: config.server.allowOrigins};
		// Whoever waits for us to listen does not wait for what the first request needs as well.
		setImmediate(() => {
			helm.poll();
			listening.resolve();
			recorder.warm();
		});
	} catch (error) {
		recorder.close();
		throw error;
	}

	const url = `http://${config.server.host.includes(':') ? `[${config.server.host}]` : config.server.host}:${port}`;
	pulse.beat = new Beat({
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
			config: reach.published(),
			steering: steering(),
		}),
	});
	pulse.beat.start();
	const steersman = setInterval(() => {
		helm.poll();
		traffic.calm(now());
		desk.poll();
	}, pollMs);
	const sweeper = sweepUploads(world);

	return {
		url,
		instance,
		identity,
		async drain(patienceMs) {
			state = 'draining';
			whenDraining.call();
			pulse.beat?.tellNow();
			const cut = await emptied(server, {open, patienceMs});
			clearInterval(sweeper);
			clearInterval(steersman);
			state = 'stopped';
			await pulse.beat?.stop();
			const unwritten = recorder.close();
			if (unwritten > 0) {
				options.report(
					`${unwritten} rows could not be written to the usage log.`,
				);
			}

			await reach.close();
			return cut;
		},
		async replaceConfig(next) {
			await reach.replace(next);
			traffic.setMax(next.config.concurrency.max);
			traffic.keep(next.config.endpoints.map(({name}) => name));
			configProblem = null;
			needsRestart = next.needsRestart;
			configReadAt = next.readAt;
			helm.followConfig();
			if (next.config.hold.mode === 'refuse' && helm.isPaused) {
				helm.gate.turnAway();
			}

			desk.again();
			whenSteered.call();
			pulse.beat?.tellNow();
		},
		complain(problem) {
			configProblem = problem;
			pulse.beat?.tellNow();
		},
	};
}

/**
Not for pages in a browser, whatever origins may send requests through, nor for other machines.
*/
function isAtHome(request: IncomingMessage, world: World): boolean {
	const {method, headers} = request;
	return (
		method === 'GET' &&
		isFromHere(request) &&
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
