import type {AuthScheme} from '../../config/endpoint-kinds.js';
import type {Endpoint} from '../../config/config.js';
import {variable} from '../../config/environment.js';
import type {Key} from '../../doctor/chart.js';

type Carried = Readonly<{
	key: Extract<Key, {kind: 'here'}>;
	scheme: AuthScheme;
}>;

/**
The key that an agent of this shell would send along: where the endpoint has `key = "agent"`, that is what
it lives on. A local key of ours never goes to an endpoint.
*/
export function agentKey(
	{formats, url}: Pick<Endpoint, 'formats' | 'url'>,
	env: NodeJS.ProcessEnv,
): Carried | undefined {
	const isOpenai = /(?:^|\.)openai\.com$/.test(url.hostname);
	const anthropic =
		isOpenai || !formats.includes('anthropic-messages') ? [] : anthropicNames;
	const openai =
		formats.every((format) => format === 'anthropic-messages') ||
		url.hostname === 'api.anthropic.com'
			? []
			: openaiNames;
	for (const [name, scheme] of [...anthropic, ...openai]) {
		const text = variable(env, name);
		if (text !== undefined && !text.startsWith('tollgate_')) {
			return {
				key: {kind: 'here', text, shown: `$${name}`, from: name},
				scheme,
			};
		}
	}

	return undefined;
}

type Name = readonly [name: string, scheme: AuthScheme];
const anthropicNames: readonly Name[] = [
	['ANTHROPIC_API_KEY', 'x-api-key'],
	['ANTHROPIC_AUTH_TOKEN', 'bearer'],
];
const openaiNames: readonly Name[] = [['OPENAI_API_KEY', 'bearer']];
