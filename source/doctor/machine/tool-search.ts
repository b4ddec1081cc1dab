import {claudeView} from './claude-view.js';
import {isOff} from './claude-settings.js';
import {ok, skipped, warn, type MachineCheck} from './remark.js';

const name = 'ENABLE_TOOL_SEARCH';

/**
Claude Code leaves tool search off for hosts that are not Anthropic's unless it is told otherwise; then every
tool stands in every prompt.
*/
export const toolSearchCheck: MachineCheck = {
	check: 'tool_search',
	look(scene) {
		const view = claudeView(scene);
		const value = view.valueOf(name);
		const file = view.fileOf(name);
		if (value !== undefined && !isOff(value)) {
			return [ok(`${name} is set, so tool search is not switched off.`)];
		}

		if (file === undefined && !view.isHere) {
			return [
				skipped(
					'Claude Code is not pointed here by this shell, so tool search is as it would be without Tollgate.',
				),
			];
		}

		const set = `${name}=true, if the endpoint knows tool references as Anthropic's does`;
		return [
			value === undefined
				? warn(
						`${name} is not set: with a base URL that is not Anthropic's, Claude Code switches tool search off, and every tool stands in every prompt.`,
						`Run: export ${set}; or start it with tollgate run.`,
					)
				: warn(
						`${file ?? 'This shell'} switches tool search of Claude Code off (${name}): every tool then stands in every prompt.`,
						`Set ${set}.`,
					),
		];
	},
};
