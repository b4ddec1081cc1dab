import {noProxy} from './no-proxy.js';
import {
	keyHeader,
	placeholder,
	versioned,
	type Facts,
	type Setup,
} from './setup.js';

/**
Codex reads its address from its config alone, and what `-c` says counts first. As a provider of its own: the
built-in one tries WebSockets before it asks as we understand it.
*/
export function codex(facts: Facts): Setup {
	const provider = providerOf(facts);
	return {
		variables: {
			...(facts.holdsKeys &&
				facts.keyVariable === undefined && {[ownVariable]: placeholder}),
			...noProxy(facts.env),
		},
		args: [
			'-c',
			`model_provider=${toml('tollgate')}`,
			'-c',
			`model_providers.tollgate={${pairs(provider, ',', '=')}}`,
		],
		byHand: {
			where: '~/.codex/config.toml',
			text: `model_provider = ${toml('tollgate')}\n\n[model_providers.tollgate]\n${pairs(provider, '\n', ' = ')}`,
		},
	};
}

/**
Codex reads a key from the variable that it is told.
*/
const ownVariable = 'TOLLGATE_KEY';

function providerOf(facts: Facts): Readonly<Record<string, string>> {
	const {holdsKeys, keyVariable} = facts;
	return {
		name: toml('Tollgate'),
		base_url: toml(versioned(facts)),
		wire_api: toml('responses'),
		...(holdsKeys
			? {env_key: toml(keyVariable ?? ownVariable)}
			: {requires_openai_auth: 'true'}),
		...(!holdsKeys &&
			keyVariable !== undefined && {
				env_http_headers: `{${toml(keyHeader)}=${toml(keyVariable)}}`,
			}),
	};
}

// Nothing in these texts needs another escape than JSON's.
const toml = (text: string): string => JSON.stringify(text);

const pairs = (
	of: Readonly<Record<string, string>>,
	between: string,
	is: string,
): string =>
	Object.entries(of)
		.map(([name, value]) => `${name}${is}${value}`)
		.join(between);
