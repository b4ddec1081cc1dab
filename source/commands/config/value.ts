import type {SettingInForce} from '../../config/settings-in-force.js';

/**
How a key is shown, once it was found: where it comes from, and nothing of it. A command may hold one
itself; of a hash its beginning tells it from another. Undefined for all other settings.
*/
export function keyShown({
	section,
	name,
	value,
}: SettingInForce): string | undefined {
	if (section.startsWith('keys.')) {
		return ofLocalKey(name, value);
	}

	return section.startsWith('endpoints.') && name === 'key'
		? sourceShown(String(value))
		: undefined;
}

function ofLocalKey(name: string, value: unknown): string | undefined {
	if (value === undefined) {
		return undefined;
	}

	if (name === 'hash') {
		return `${(value as string).slice(0, 15)}…`;
	}

	return name === 'credentials'
		? Object.entries(value as Readonly<Record<string, unknown>>)
				.map(
					([endpoint, source]) => `${endpoint}: ${sourceShown(String(source))}`,
				)
				.join(', ')
		: undefined;
}

function sourceShown(source: string): string {
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
