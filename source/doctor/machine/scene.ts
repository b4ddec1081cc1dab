import type {Config} from '../../config/config.js';
import {homeFiles} from '../../config/home.js';
import {inspectConfig, type Inspected} from '../../config/load.js';
import {inOrder, place as placeOf} from '../../config/problem.js';
import {isLoopback} from '../../config/server-kinds.js';
import {findPassthrough, type Found} from '../../control/find-passthrough.js';
import {lockFiles} from '../../control/lock.js';
import {UserError} from '../../user-error.js';
import type {Place} from './place.js';

export type Wrong = Readonly<{
	/**
	Begins with file and line where they are known.
	*/
	says: string;
	hint: string;
}>;

/**
A place, its config, and the passthrough that was found there.
*/
export type Scene = Place &
	Readonly<{
		/**
		Undefined where the file cannot be read or understood at all.
		*/
		inspected: Inspected | undefined;
		/**
		Undefined where anything is wrong in it.
		*/
		config: Config | undefined;
		problems: readonly Wrong[];
		/**
		An error where the lock of the home cannot be looked at.
		*/
		found: Found | UserError;
		/**
		Where the passthrough listens, or will when it is started; undefined where that is not known.
		*/
		url: URL | undefined;
	}>;

/**
Looks at what nearly every check asks for.
*/
export async function sceneOf(place: Place): Promise<Scene> {
	const found = await foundIn(place);
	const looked = readConfig(place, {serving: kindOf(found) !== 'serving'});
	return {...place, ...looked, found, url: urlOf(found, looked.config)};
}

/**
What was found; `unknown` where that could not be looked at.
*/
export const kindOf = (found: Scene['found']): Found['kind'] | 'unknown' =>
	found instanceof UserError ? 'unknown' : found.kind;

/**
Whether a base URL leads to the passthrough of this home.
*/
export function isHere(
	{url, config}: Pick<Scene, 'url' | 'config'>,
	baseUrl: string,
): boolean {
	const asked = URL.parse(baseUrl);
	if (url === undefined || asked?.protocol !== 'http:') {
		return false;
	}

	return (
		portOf(asked) === portOf(url) &&
		(isLoopbackHost(asked) || asked.hostname === config?.server.host)
	);
}

export const isLoopbackHost = ({hostname}: URL): boolean =>
	isLoopback(hostname.replaceAll(/[[\]]/g, ''));

export const portOf = ({port, protocol}: URL): number =>
	Number(port) || (protocol === 'https:' ? 443 : 80);

async function foundIn({home}: Place): Promise<Scene['found']> {
	try {
		return await findPassthrough(lockFiles(homeFiles(home).state));
	} catch (error) {
		if (error instanceof UserError) {
			return error;
		}

		throw error;
	}
}

function readConfig(
	{home, env, isModel}: Place,
	{serving}: Readonly<{serving: boolean}>,
): Pick<Scene, 'inspected' | 'config' | 'problems'> {
	try {
		const inspected = inspectConfig({home, env, isModel, serving});
		const {file, lines, config} = inspected;
		const problems = inOrder(inspected.problems, lines).map(
			({line, says, hint}) => ({says: `${placeOf(file, line)}${says}`, hint}),
		);
		return {inspected, config, problems};
	} catch (error) {
		if (!(error instanceof UserError)) {
			throw error;
		}

		const {message: says, hint} = error;
		return {
			inspected: undefined,
			config: undefined,
			problems: [{says, hint}],
		};
	}
}

function urlOf(
	found: Scene['found'],
	config: Config | undefined,
): URL | undefined {
	const {host = '', port = 0} = config?.server ?? {};
	const says =
		found instanceof UserError || found.kind === 'none'
			? undefined
			: found.holder?.url;
	const url = URL.parse(
		says ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
	);
	if (url === null || (says === undefined && port === 0)) {
		return undefined;
	}

	// One that listens everywhere is asked here.
	url.hostname =
		{'0.0.0.0': '127.0.0.1', '[::]': '[::1]'}[url.hostname] ?? url.hostname;
	return url;
}
