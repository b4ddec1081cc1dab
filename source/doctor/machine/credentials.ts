import {claudeView} from './claude-view.js';
import {ok, warn, type MachineCheck} from './remark.js';

export const credentialsCheck: MachineCheck = {
	check: 'credentials',
	look(scene) {
		const view = claudeView(scene);
		const [key, token] = ['ANTHROPIC_API_KEY', 'ANTHROPIC_AUTH_TOKEN'].map(
			(name) => view.valueOf(name),
		);
		if (key === undefined || token === undefined) {
			return [ok('Claude Code is not given two keys at once.')];
		}

		const passedOn =
			scene.config?.endpoints.flatMap((one) =>
				one.key.kind === 'agent' ? [one.name] : [],
			) ?? [];
		return [
			passedOn.length === 0
				? ok(
						'ANTHROPIC_API_KEY and ANTHROPIC_AUTH_TOKEN are both set; both are replaced by the key of the endpoint.',
					)
				: warn(
						`ANTHROPIC_API_KEY and ANTHROPIC_AUTH_TOKEN are both set: Claude Code sends both, and both go on to ${passedOn.join(' and ')}.`,
						'Unset the one that is not meant for that endpoint; for a login, unset both.',
					),
		];
	},
};
