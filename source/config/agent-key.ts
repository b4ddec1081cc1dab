import type {Alias, Endpoint} from './config.js';
import {pathText} from './problem.js';
import type {Report} from './read-section.js';

/**
An agent's own credential is never sent to a stranger: one host at most is given it, by one way alone
(scheme and port), and no request meant for another falls back to an endpoint that would get it.
*/
export function reportAgentKeyLeaks(
	{
		endpoints,
		aliases,
	}: {endpoints: readonly Endpoint[]; aliases: readonly Alias[]},
	report: Report,
): void {
	const trusted = endpoints.filter((endpoint) => endpoint.key.kind === 'agent');
	const others = trusted.filter(
		({url}) => url.origin !== trusted[0]?.url.origin,
	);
	for (const endpoint of others) {
		report({
			path: ['endpoints', endpoint.name, 'key'],
			says: `endpoints.${endpoint.name} would be sent the agent's own key, as endpoints.${trusted[0]!.name} is, and ${isSameHost(endpoint, trusted[0]!) ? 'their schemes or ports differ' : 'they are different hosts'}.`,
			hint: 'Only one host may have key = "agent": give the other "env:NAME" or "cmd:COMMAND".',
		});
	}

	for (const alias of aliases) {
		reportFallbacks(alias, endpoints, report);
	}
}

function reportFallbacks(
	alias: Alias,
	endpoints: readonly Endpoint[],
	report: Report,
): void {
	const path = ['aliases', alias.name, 'targets'];
	const chain = alias.targets.map((target) =>
		endpoints.find(({name}) => name === target.endpoint),
	);
	for (const [index, endpoint] of chain.entries()) {
		const stranger = chain
			.slice(0, index)
			.find(
				(earlier) =>
					earlier !== undefined && earlier.url.origin !== endpoint?.url.origin,
			);
		if (stranger !== undefined && endpoint?.key.kind === 'agent') {
			report({
				path: [...path, index],
				says: `${pathText(path)} falls back from "${stranger.name}" to "${endpoint.name}" of another ${isSameHost(endpoint, stranger) ? 'scheme or port' : 'host'}, which has key = "agent".`,
				hint: `An agent's own key is for one host: put "${endpoint.name}" first, or give it a key of its own ("env:NAME").`,
			});
		}
	}
}

const isSameHost = (one: Endpoint, other: Endpoint): boolean =>
	one.url.hostname === other.url.hostname;
