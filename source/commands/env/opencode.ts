import {noProxy} from './no-proxy.js';
import {
	keyHeader,
	placeholder,
	versioned,
	type Facts,
	type Setup,
} from './setup.js';

/**
Opencode merges what this variable holds over its config files. Providers that we are not asked for are left out:
their requests would not be measured.
*/
export const opencode = (facts: Facts): Setup => ({
	variables: {
		[opencodeConfig]: JSON.stringify(configFor(facts)),
		...noProxy(facts.env),
	},
	args: [],
});

export const opencodeConfig = 'OPENCODE_CONFIG_CONTENT';

const providers = ['anthropic', 'openai'] as const;

function configFor(facts: Facts) {
	const {holdsKeys, keyVariable} = facts;
	// It puts the variable's text there itself.
	const key =
		keyVariable === undefined ? undefined : (`{env:${keyVariable}}` as const);
	const options = {
		baseURL: versioned(facts),
		...(holdsKeys && {apiKey: key ?? placeholder}),
		...(!holdsKeys && key !== undefined && {headers: {[keyHeader]: key}}),
	};
	return {
		enabled_providers: providers,
		provider: Object.fromEntries(providers.map((name) => [name, {options}])),
	};
}
