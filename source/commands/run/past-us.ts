import {
	claudeVariable,
	isOff,
	type ClaudeSettings,
} from '../../doctor/machine/claude-settings.js';
import type {Place} from '../../doctor/machine/place.js';
import {UserError} from '../../user-error.js';
import type {Client} from '../env/client.js';
import {lineIn} from './line-in.js';

/**
By these Claude Code asks another service, whatever its base URL is.
*/
const elsewhere = [
	'CLAUDE_CODE_USE_BEDROCK',
	'CLAUDE_CODE_USE_MANTLE',
	'CLAUDE_CODE_USE_ANTHROPIC_AWS',
	'CLAUDE_CODE_USE_ANTHROPIC_GOOGLE_CLOUD',
	'CLAUDE_CODE_USE_VERTEX',
	'CLAUDE_CODE_USE_FOUNDRY',
	'ANTHROPIC_UNIX_SOCKET',
] as const;

/**
Throws a UserError where a variable, in a settings file or in the shell, sends Claude Code to another service.
*/
export function refuseElsewhere(
	settings: readonly ClaudeSettings[],
	place: Place,
): void {
	for (const name of elsewhere) {
		const found = claudeVariable(name, {settings, env: place.env});
		if (found === undefined || isOff(found.value)) {
			continue;
		}

		const {file} = found;
		throw new UserError(
			`${file === undefined ? 'This shell' : lineIn({file}, name, place)} sets ${name}: Claude Code would go past Tollgate, whatever its base URL is.`,
			file === undefined
				? `Nothing was run. To have it measured: unset ${name}`
				: `Nothing was run. To have it measured, take ${name} out there.`,
		);
	}
}

/**
Throws a UserError where a word makes a client ask elsewhere, whatever it was told before.
*/
export function refuseWordsPastUs(
	client: Client | undefined,
	words: readonly string[],
): void {
	const word =
		client === 'codex'
			? words.find((one) => elsewhereInCodex.test(one))
			: undefined;
	if (word !== undefined) {
		throw new UserError(
			`${word.includes('model_provider') ? 'With a model_provider of yours' : `With ${word.replace(/=.*/v, '')}`} codex would go past Tollgate.`,
			'Nothing was run. Leave it out, or run it without Tollgate.',
		);
	}
}

const elsewhereInCodex =
	/^--oss$|^--local-provider(?:=|$)|^(?:--config=|-c=?)?model_provider(?:=|s\.tollgate\b)/v;
