import {claudeView} from './claude-view.js';
import {isOn} from './claude-settings.js';
import {bad, ok, warn, type MachineCheck} from './remark.js';

/**
Variables that make Claude Code speak to a cloud, whatever its base URL is.
*/
const switches = {
	CLAUDE_CODE_USE_BEDROCK: 'Amazon Bedrock',
	CLAUDE_CODE_USE_MANTLE: 'Amazon Bedrock',
	CLAUDE_CODE_USE_ANTHROPIC_AWS: 'the Claude Platform on AWS',
	CLAUDE_CODE_USE_ANTHROPIC_GOOGLE_CLOUD: 'the Claude Platform on Google Cloud',
	CLAUDE_CODE_USE_VERTEX: 'Google Cloud',
	CLAUDE_CODE_USE_FOUNDRY: 'Microsoft Foundry',
} as const;

export const providerCheck: MachineCheck = {
	check: 'provider',
	look(scene) {
		const view = claudeView(scene);
		const remarks = Object.entries(switches).flatMap(([name, cloud]) => {
			if (!isOn(view.valueOf(name))) {
				return [];
			}

			const file = view.fileOf(name);
			const said = `${file ?? 'This shell'} sets ${name}: Claude Code goes to ${cloud}, whatever its base URL is.`;
			const fix = file
				? `Take ${name} out of that file to have it measured.`
				: `Run: unset ${name}`;
			return [view.isHere ? bad(said, fix) : warn(said, fix)];
		});
		return remarks.length === 0
			? [ok('Nothing sends Claude Code to a cloud of its own.')]
			: remarks;
	},
};
