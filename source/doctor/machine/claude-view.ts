import {
	claudeSettings,
	claudeVariable,
	type ClaudeSettings,
} from './claude-settings.js';
import {tilde} from './place.js';
import {isHere, type Scene} from './scene.js';

/**
Variables as Claude Code would see them when it is started in this shell and folder.
*/
export type ClaudeView = Readonly<{
	/**
	Its base URL leads to the passthrough of this home.
	*/
	isHere: boolean;
	valueOf(name: string): string | undefined;
	/**
	The settings file that says so and counts before any shell; undefined where the shell does.
	*/
	fileOf(name: string): string | undefined;
	settings: readonly ClaudeSettings[];
}>;

export function claudeView(scene: Scene): ClaudeView {
	const {env} = scene;
	const settings = claudeSettings(scene);
	const find = (name: string) => claudeVariable(name, {settings, env});
	const baseUrl = find('ANTHROPIC_BASE_URL')?.value;
	return {
		isHere: baseUrl !== undefined && isHere(scene, baseUrl),
		valueOf: (name) => find(name)?.value,
		fileOf(name) {
			const file = find(name)?.file;
			return file === undefined ? undefined : tilde(file, scene);
		},
		settings,
	};
}
