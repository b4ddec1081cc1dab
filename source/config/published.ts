import {machineZone} from '../machine-zone.js';
import type {Config} from './config.js';
import type {Target} from './endpoint-kinds.js';
import {systemZone} from './day-kinds.js';
import {atCapWritten} from './key-kinds.js';

/**
Nano-dollars for a million tokens, as the endpoint charges them. What may be missing is not known then.
*/
export type TargetPrice = Readonly<{
	input: number;
	output: number;
	cacheWrite5m: number;
	cacheRead?: number | undefined;
	/**
	Tokens that fit into a prompt.
	*/
	context?: number | undefined;
}>;

/**
The config as others may see it: no credentials, and nothing about where they come from. `priceOf` says
what a target costs, null where that is not known; without it nothing is said of prices.
*/
export const publishedConfig = (
	config: Config,
	priceOf?: (target: Target) => TargetPrice | null,
) => ({
	endpoints: config.endpoints.map(
		({name, url, formats, billing, priceMultiplier, prices}) => ({
			name,
			url: `${url.origin}${url.pathname}`,
			formats,
			billing,
			priceMultiplier,
			prices,
		}),
	),
	aliases: config.aliases.map(({name, targets, system}) => ({
		name,
		targets: targets.map((target) => `${target.endpoint}/${target.model}`),
		hasSystem: system !== undefined,
		...(priceOf && {price: priceOf(targets[0]!)}),
	})),
	steer: config.routing.steer,
	background: config.routing.background,
	hold: config.hold,
	requireKey: config.server.requireKey,
	ifNotRecording: config.server.ifNotRecording,
	keys: config.keys.map(({name, credentials, hash, ...key}) => ({
		name,
		capNanodollars: key.dailyCapNanodollars ?? null,
		capTokens: key.dailyTokens ?? null,
		atCap: atCapWritten(key.atCap),
		warnAt: key.warnAt,
		unpriced: key.unpriced,
		hasSecret: hash !== undefined,
		ownKeyFor: [...credentials.keys()],
	})),
	guard: config.guard,
	prices: config.prices,
	endpoint: config.routing.endpoint,
	day: {
		timezone:
			config.day.timezone === systemZone ? machineZone() : config.day.timezone,
		startsAt: config.day.startsAt,
	},
});
