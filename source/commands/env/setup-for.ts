import {anthropicSdk, openai} from './sdks.js';
import {claudeCode} from './claude-code.js';
import {claudeDesktop} from './claude-desktop.js';
import type {Client} from './client.js';
import {codex} from './codex.js';
import {opencode} from './opencode.js';
import type {Facts, Setup} from './setup.js';

const setups: Readonly<Record<Client, (facts: Facts) => Setup>> = {
	'claude-code': claudeCode,
	'claude-desktop': claudeDesktop,
	'anthropic-sdk': anthropicSdk,
	openai,
	codex,
	opencode,
};

/**
How a client is made to come to us. Without one: every variable that some client reads.
*/
export const setupFor = (client: Client | undefined, facts: Facts): Setup =>
	client === undefined
		? {
				variables: {
					...opencode(facts).variables,
					...openai(facts).variables,
					...claudeCode(facts).variables,
				},
				args: [],
			}
		: setups[client](facts);
