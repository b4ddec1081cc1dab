import type {Origin} from '../../config/settings-in-force.js';
import type {Active, Change} from '../../control/steering.js';
import type {Checked, Running} from './checked.js';
import {keyShown} from './value.js';

/**
The same for scripts. Null is what is not known or not there.
*/
export const inJson = (
	{file, home, problems, settings}: Checked,
	{
		running,
		other,
	}: Readonly<{
		running: Running | undefined;
		other: Change<Active> | undefined;
	}>,
) => ({
	ok: problems.length === 0,
	file: file ?? null,
	home: home.data,
	problems: problems.map(({line, setting, says, hint}) => ({
		line: line ?? null,
		setting: setting ?? null,
		says,
		hint,
	})),
	settings: settings.map((setting) => ({
		section: setting.section,
		name: setting.name,
		value: keyShown(setting) ?? setting.value ?? null,
		...originInJson(setting.from),
	})),
	// Null where it is the one that the config names.
	otherActive: other
		? {alias: other.value.alias, setBy: other.setBy, setAt: other.setAt}
		: null,
	running: running
		? {
				url: running.url,
				pid: running.pid,
				hasThisConfig: running.hasThis ?? null,
				problem: running.problem ?? null,
			}
		: null,
});

const originInJson = (from: Origin) => ({
	from: from.kind,
	line: from.kind === 'file' ? (from.line ?? null) : null,
	flag: from.kind === 'flag' ? from.flag : null,
	variable: from.kind === 'environment' ? from.variable : null,
});
