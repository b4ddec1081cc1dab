import {changeOf, type ConfigChange, type InForce} from './config-change.js';
import type {Credentials} from './credentials.js';
import {homeFiles} from './home.js';
import type {LoadOptions} from './load.js';
import {reread, type Reread} from './reread.js';
import {watchFile} from './watch-file.js';

export type ConfigWatch = Readonly<{
	/**
	Reads the config now, and asks every command for its key again.
	*/
	reload(): void;
	close(): void;
}>;

type WatchOptions = Omit<LoadOptions, 'serving'> &
	Readonly<{
		inForce: InForce;
		/**
		The port that we listen on: no endpoint may be there. Else that of the config.
		*/
		port?: number | undefined;
		onChange(change: ConfigChange): void;
	}>;

/**
Follows the config of a home, beginning with the one in force, and tells of every change that makes a
difference. Where several come at once, of the latest alone. An edit that is broken is told of once, and
so is that it has been put right.
*/
export function watchConfig(options: WatchOptions): ConfigWatch {
	const {home, onChange, port = options.inForce.config.server.port} = options;
	let {inForce} = options;
	let told = difference({...inForce, kind: 'loaded', needsRestart: []});
	let load = {key: '', asksAgain: false, stop: new AbortController()};

	const begin = async (found: Reread, {asksAgain, key, readAt}: Begun) => {
		load.stop.abort();
		const stop = new AbortController();
		load = {key, asksAgain, stop};
		const change = await changeOf(found, {
			inForce,
			port,
			readAt,
			asksAgain,
			env: options.env,
			signal: stop.signal,
		});
		if (stop.signal.aborted) {
			return;
		}

		load = {...load, asksAgain: false};
		const tells = difference(change);
		if (tells === told) {
			return;
		}

		told = tells;
		inForce = change.kind === 'loaded' ? change : inForce;
		onChange(change);
	};

	const look = (asksAgain: boolean) => {
		const readAt = Date.now();
		const found = reread(options, {inForce: inForce.config, port});
		const key = keyOf(found);
		// What has been loaded, or is being loaded, is not loaded once more for nothing.
		if (asksAgain || key !== load.key) {
			void begin(found, {
				asksAgain: asksAgain || load.asksAgain,
				key,
				readAt,
			});
		}
	};

	const watch = watchFile(homeFiles(home).config, () => {
		look(false);
	});
	return {
		reload() {
			look(true);
		},
		close() {
			watch.close();
			load.stop.abort();
		},
	};
}

type Begun = Readonly<{asksAgain: boolean; key: string; readAt: number}>;

/**
Where a problem stands is part of it.
*/
const keyOf = (found: Reread): string =>
	found.kind === 'wrong'
		? found.problem
		: JSON.stringify([found.config, [...found.config.lines]], withMaps);

/**
Equal for changes that are none to anybody.
*/
const difference = (
	change:
		| Omit<ConfigChange & {kind: 'loaded'}, 'readAt'>
		| (ConfigChange & {kind: 'broken'}),
): string =>
	change.kind === 'broken'
		? change.problem
		: JSON.stringify(
				[
					{...change.config, file: undefined, lines: undefined},
					revealed(change.credentials),
					Array.from(change.keyCredentials, ([name, own]) => [
						name,
						revealed(own),
					]),
					change.needsRestart,
				],
				withMaps,
			);

const revealed = (credentials: Credentials) =>
	Array.from(credentials, ([name, secret]) => [name, secret.reveal()]);

/**
JSON alone shows every map as an empty one.
*/
const withMaps = (_key: string, value: unknown): unknown =>
	value instanceof Map ? [...(value as Map<unknown, unknown>)] : value;
