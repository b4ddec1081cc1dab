import type {Config} from '../../config/config.js';
import {
	claudeSettings,
	claudeVariable,
	type ClaudeSettings,
} from '../../doctor/machine/claude-settings.js';
import type {Place} from '../../doctor/machine/place.js';
import {UserError} from '../../user-error.js';
import type {Client} from '../env/client.js';
import type {Variables} from '../env/setup.js';
import {lineIn} from './line-in.js';

/**
Where clients read an address, and the credentials that belong to it.
*/
const pairs = [
	['ANTHROPIC_BASE_URL', ['ANTHROPIC_AUTH_TOKEN', 'ANTHROPIC_API_KEY']],
	['OPENAI_BASE_URL', ['OPENAI_API_KEY']],
] as const;

/**
Throws a UserError where an agent's own credential is for another address than the one it would be passed on to.
*/
export function refuseStrangersKey(
	variables: Variables,
	{
		client,
		config,
		place,
	}: Readonly<{client: Client | undefined; config: Config; place: Place}>,
): void {
	const trusted = config.endpoints.filter(({key}) => key.kind === 'agent');
	if (trusted.length === 0) {
		return;
	}

	const settings = client === 'claude-code' ? claudeSettings(place) : [];
	const find = (name: string) =>
		claudeVariable(name, {settings, env: place.env});
	for (const [name, credentials] of pairs) {
		const ours = variables[name];
		const said = typeof ours === 'string' ? find(name) : undefined;
		const before = URL.parse(said?.value ?? '');
		const isKnown = [trusted[0]!.url.href, ours].some(
			(url) =>
				typeof url === 'string' && URL.parse(url)?.origin === before?.origin,
		);
		if (
			before !== null &&
			!isKnown &&
			(credentials.some((one) => find(one) !== undefined) ||
				hasHelper(name, settings))
		) {
			const where =
				said?.file === undefined
					? 'This shell'
					: lineIn({file: said.file}, name, place);
			throw new UserError(
				`${where} has a key for ${before.host}, which would be passed on to ${trusted[0]!.url.host}.`,
				`Nothing was run. Make ${before.host} an endpoint of the config, with tollgate init where there is none, or unset ${name} and the key.`,
			);
		}
	}
}

const hasHelper = (
	name: string,
	settings: readonly ClaudeSettings[],
): boolean =>
	name === 'ANTHROPIC_BASE_URL' && settings.some((one) => one.hasHelper);
