import type {Endpoint} from '../../config/config.js';
import {claudeView} from './claude-view.js';
import {isOff} from './claude-settings.js';
import {ok, skipped, warn, type MachineCheck} from './remark.js';

const name = 'CLAUDE_CODE_ATTRIBUTION_HEADER';

/**
Claude Code begins its system prompt with a line that changes. Anthropic's API knows and takes it out; to any
other endpoint each prompt begins anew, and nothing of it is found in a cache.
*/
export const attributionCheck: MachineCheck = {
	check: 'attribution',
	look(scene) {
		const view = claudeView(scene);
		const others = scene.config?.endpoints.filter((one) => isOther(one)) ?? [];
		if (others.length === 0) {
			return [
				ok('No endpoint needs the attribution line of Claude Code left out.'),
			];
		}

		if (scene.config?.endpoints.some((one) => takesLogin(one))) {
			return [
				ok(
					'The attribution line of Claude Code stays, as a login goes on to Anthropic.',
				),
			];
		}

		if (isOff(view.valueOf(name))) {
			return [ok(`${name} is off, so prompts can be cached.`)];
		}

		const file = view.fileOf(name);
		return [
			view.isHere || file
				? warn(
						`Claude Code begins each prompt with an attribution line that changes, which keeps ${others.map((one) => one.name).join(' and ')} from caching prompts.`,
						file
							? `Set ${name} to 0 in ${file}.`
							: `Run: export ${name}=0; or start it with tollgate run.`,
					)
				: skipped(
						'Claude Code is not pointed here by this shell; "tollgate run" leaves its attribution line out where it is in the way.',
					),
		];
	},
};

const isOther = (endpoint: Endpoint): boolean =>
	endpoint.formats.includes('anthropic-messages') && !isAnthropic(endpoint);

const takesLogin = (endpoint: Endpoint): boolean =>
	endpoint.key.kind === 'agent' && isAnthropic(endpoint);

const isAnthropic = ({url}: Endpoint): boolean =>
	url.hostname === 'api.anthropic.com';
