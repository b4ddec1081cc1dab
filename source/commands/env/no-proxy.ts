import {variable} from '../../config/environment.js';
import type {Variables} from './setup.js';

const proxies = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'] as const;
const loopback = ['127.0.0.1', 'localhost', '::1'] as const;

/**
Keeps a proxy away from this machine, where one is set. In both spellings, as clients differ in which they read
first.
*/
export function noProxy(env: NodeJS.ProcessEnv): Variables {
	const isSet = (name: string) => variable(env, name) !== undefined;
	if (proxies.every((name) => !(isSet(name) || isSet(name.toLowerCase())))) {
		return {};
	}

	const named = [env['no_proxy'], env['NO_PROXY']].flatMap((list) =>
		(list ?? '').split(/[\s,]+/v).filter(Boolean),
	);
	const value = [...new Set([...named, ...loopback])].join(',');
	return {NO_PROXY: value, no_proxy: value};
}
