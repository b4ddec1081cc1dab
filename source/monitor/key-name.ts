import {monitorKeys, showPress, type KeyName} from '../config/monitor-keys.js';
import type {KeyEntry} from './keys/entry.js';
import type {Model} from './model.js';

/**
What a key is called where the screen tells to press it: the first of its presses.
*/
export const keyName = (
	{bindings}: Pick<Model, 'bindings'>,
	name: KeyName,
): string => showPress(bindings[name][0] ?? '');

/**
How the help names a key and those that are shown with it: as the table says, unless one of them is bound to
something else.
*/
export function keysShown(
	{bindings}: Pick<Model, 'bindings'>,
	[entry, ...others]: KeyGroup,
): string {
	const names = [entry, ...others].map(({name}) => name);
	if (names.every((name) => isUsual(bindings[name], monitorKeys[name]))) {
		return entry.shown;
	}

	const usual = new Set(
		names.flatMap((name) => monitorKeys[name].map((one) => showPress(one))),
	);
	const most = Math.max(...names.map((name) => bindings[name].length));
	// The first of each, then the second of each: `j k up down`.
	const presses = Array.from({length: most}, (_, at) =>
		names.flatMap((name) => bindings[name][at] ?? []),
	).flat();
	return [
		...presses.map((press) => showPress(press)),
		...entry.shown.split(' ').filter((one) => !usual.has(one)),
	].join(' ');
}

const isUsual = (bound: readonly string[], usual: readonly string[]): boolean =>
	bound.length === usual.length &&
	bound.every((press, at) => press === usual[at]);

export type KeyGroup = readonly [KeyEntry, ...KeyEntry[]];

/**
Each key with those after it that are shown with it.
*/
export function keyGroups(keys: readonly KeyEntry[]): readonly KeyGroup[] {
	const groups: Array<[KeyEntry, ...KeyEntry[]]> = [];
	for (const entry of keys) {
		if (entry.shown === '' && groups.length > 0) {
			groups.at(-1)!.push(entry);
		} else {
			groups.push([entry]);
		}
	}

	return groups;
}
