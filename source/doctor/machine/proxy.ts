import {isIPv4} from 'node:net';
import {claudeView, type ClaudeView} from './claude-view.js';
import {bad, ok, warn, type MachineCheck} from './remark.js';
import type {Scene} from './scene.js';

const variables = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'] as const;

/**
Agents send requests to this machine to a proxy as well, by any of these variables, unless they are told not to.
*/
export const proxyCheck: MachineCheck = {
	check: 'proxy',
	look(scene) {
		const view = claudeView(scene);
		const set = variables.filter((name) => valueOf(view, name));
		const host = hostOf(scene, view);
		if (set.length === 0) {
			return [ok('No proxy stands between an agent and Tollgate.')];
		}

		const names = set.join(' and ');
		if (needsNone(host, valueOf(view, 'NO_PROXY') ?? '')) {
			return [
				ok(
					`${names} ${set.length === 1 ? 'is' : 'are'} set, and NO_PROXY leaves ${host} out.`,
				),
			];
		}

		const said = `${names} ${set.length === 1 ? 'is' : 'are'} set, and NO_PROXY does not leave ${host} out: an agent sends what is meant for Tollgate to the proxy.`;
		const fix = `Run: export NO_PROXY="\${NO_PROXY:+$NO_PROXY,}${host}"`;
		return [view.isHere ? bad(said, fix) : warn(said, fix)];
	},
};

/**
Lower case counts first.
*/
const valueOf = (view: ClaudeView, name: string): string | undefined =>
	view.valueOf(name.toLowerCase()) ?? view.valueOf(name);

/**
As the agent writes it: `localhost` and `127.0.0.1` are two names.
*/
function hostOf({url}: Scene, view: ClaudeView): string {
	const asked = view.isHere
		? URL.parse(view.valueOf('ANTHROPIC_BASE_URL') ?? '')
		: null;
	return asked?.hostname ?? url?.hostname ?? '127.0.0.1';
}

function needsNone(host: string, list: string): boolean {
	return list.split(/[\s,]+/).some((entry) => {
		const name = entry
			.toLowerCase()
			.replace(/^\*?\.(?=.)/, '')
			.replace(/(?<!:):\d+$/, '');
		return (
			name === '*' || name === host || (isIPv4(host) && isInRange(host, name))
		);
	});
}

/**
`127.0.0.0/8`.
*/
function isInRange(host: string, range: string): boolean {
	const {base, bits} =
		/^(?<base>[\d.]+)\/(?<bits>\d+)$/.exec(range)?.groups ?? {};
	if (base === undefined || !isIPv4(base) || Number(bits) > 32) {
		return false;
	}

	const size = 2 ** (32 - Number(bits));
	return (
		Math.floor(numberOf(host) / size) === Math.floor(numberOf(base) / size)
	);
}

const numberOf = (address: string): number =>
	address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
