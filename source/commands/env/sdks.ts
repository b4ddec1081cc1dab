import {noProxy} from './no-proxy.js';
import {
	keyAsHeader,
	ownKey,
	versioned,
	type Facts,
	type Setup,
} from './setup.js';

/**
Anthropic's SDKs append `/v1/messages` themselves.
*/
export const anthropicSdk = (facts: Facts): Setup => ({
	variables: {
		ANTHROPIC_BASE_URL: facts.url,
		...(facts.holdsKeys
			? {ANTHROPIC_API_KEY: ownKey(facts)}
			: keyAsHeader('ANTHROPIC_CUSTOM_HEADERS', facts)),
		...noProxy(facts.env),
	},
	args: [],
});

/**
OpenAI's SDKs, and most clients that speak like them, want the version in the address.
*/
export const openai = (facts: Facts): Setup => ({
	variables: {
		OPENAI_BASE_URL: versioned(facts),
		...(facts.holdsKeys
			? {OPENAI_API_KEY: ownKey(facts)}
			: keyAsHeader('OPENAI_CUSTOM_HEADERS', facts)),
		...noProxy(facts.env),
	},
	args: [],
});
