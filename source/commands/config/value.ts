import type {SettingInForce} from '../../config/settings-in-force.js';

/**
How a key is shown, once it was found: where it comes from, and nothing of it. A command may hold one
itself. Undefined for all other settings.
*/
export function keyShown({
	section,
	name,
	value,
}: SettingInForce): string | undefined {
	if (!section.startsWith('endpoints.') || name !== 'key') {
		return undefined;
	}

	const source = String(value);
	if (source.startsWith('cmd:')) {
		return 'cmd:… (works)';
	}

	return source.startsWith('env:') ? `${source} (set)` : source;
}

const longest = 200;

/**
A value as it could be written in the file, safe to print. A long one is cut.
*/
export function valueShown(value: unknown): string {
	const text = written(value).replaceAll(/\p{Other}/gu, '?');
	return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

function written(value: unknown): string {
	return Array.isArray(value)
		? `[${value.map((element) => written(element)).join(', ')}]`
		: JSON.stringify(value);
}
