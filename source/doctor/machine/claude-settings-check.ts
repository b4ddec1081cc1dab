import {claudeSettings, type ClaudeSettings} from './claude-settings.js';
import {tilde} from './place.js';
import {pointingOf, shownUrl, urlToGive} from './pointing.js';
import {bad, ok, warn, type MachineCheck, type Remark} from './remark.js';
import {type Scene} from './scene.js';

/**
What Claude Code's settings files say counts before the shell. They are read, and never edited.
*/
export const claudeSettingsCheck: MachineCheck = {
	check: 'claude',
	async look(scene) {
		const settings = claudeSettings(scene);
		const remarks = [
			...settings.flatMap((one) => troubleOf(one, scene)),
			...(await ofBaseUrl(settings, scene)),
			...ofCredential(settings, scene),
		];
		return remarks.length === 0
			? [ok('No settings file of Claude Code stands in the way.')]
			: remarks;
	},
};

const troubleOf = (
	{file, trouble}: ClaudeSettings,
	scene: Scene,
): readonly Remark[] =>
	trouble === undefined
		? []
		: [
				warn(
					`${tilde(file, scene)} ${trouble}, so what it sets for Claude Code is not known.`,
					'Open it and put it right.',
				),
			];

async function ofBaseUrl(
	settings: readonly ClaudeSettings[],
	scene: Scene,
): Promise<readonly Remark[]> {
	const first = settings.find(({env}) => env['ANTHROPIC_BASE_URL']);
	const value = first?.env['ANTHROPIC_BASE_URL'];
	if (first === undefined || value === undefined) {
		return [];
	}

	const file = tilde(first.file, scene);
	const {kind} = await pointingOf(value, scene);
	return [
		kind === 'here'
			? ok(`${file} points Claude Code here, whatever the shell says.`)
			: bad(
					`${file} sends Claude Code to ${shownUrl(value)}${kind === 'nobody' ? ', where nobody listens' : ''}, whatever the shell says: it goes past Tollgate.`,
					first.isManaged
						? `Whoever manages this machine has to change ANTHROPIC_BASE_URL there to ${urlToGive(scene)}.`
						: `Take ANTHROPIC_BASE_URL out of "env" in that file, or write ${urlToGive(scene)} there.`,
				),
	];
}

const credentials = ['ANTHROPIC_AUTH_TOKEN', 'ANTHROPIC_API_KEY'] as const;

/**
Of no account where the endpoint has a key of its own and no local key tells agents apart: it is replaced then.
*/
function ofCredential(
	settings: readonly ClaudeSettings[],
	{config, ...scene}: Scene,
): readonly Remark[] {
	const counts =
		config === undefined ||
		config.endpoints.some(({key}) => key.kind === 'agent') ||
		config.keys.some(({hash}) => hash !== undefined);
	return counts
		? settings.flatMap((one) => {
				const names = [
					...credentials.filter((name) => one.env[name]),
					...(one.hasHelper ? ['apiKeyHelper'] : []),
				];
				return names.length === 0
					? []
					: [
							warn(
								`${tilde(one.file, scene)} sets ${names.join(' and ')}: Claude Code sends that key in place of a login.`,
								'Where a login or a local key is meant, take it out of that file.',
							),
						];
			})
		: [];
}
