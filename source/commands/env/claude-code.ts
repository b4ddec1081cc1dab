import {variable} from '../../config/environment.js';
import {noProxy} from './no-proxy.js';
import {
	keyAsHeader,
	ownKey,
	type Facts,
	type Setup,
	type Variables,
} from './setup.js';

/**
Claude Code takes the address without a version. With the agent's own credential none is set: a login stays a
login.
*/
export const claudeCode = (facts: Facts): Setup => ({
	variables: {
		ANTHROPIC_BASE_URL: facts.url,
		...(facts.holdsKeys
			? {ANTHROPIC_AUTH_TOKEN: ownKey(facts)}
			: keyAsHeader('ANTHROPIC_CUSTOM_HEADERS', facts)),
		...helpers(facts),
		...noProxy(facts.env),
	},
	args: [],
});

/**
What makes it behave as without us. The user's own word counts.
*/
function helpers({dropsAttribution, patienceMs, env}: Facts): Variables {
	const wanted = {
		// Else it gives up before we do.
		API_TIMEOUT_MS: String(patienceMs),
		// Off by itself at any address but Anthropic's.
		ENABLE_TOOL_SEARCH: 'true',
		...(dropsAttribution && {CLAUDE_CODE_ATTRIBUTION_HEADER: '0'}),
	};
	return Object.fromEntries(
		Object.entries(wanted).filter(
			([name]) => variable(env, name) === undefined,
		),
	);
}
