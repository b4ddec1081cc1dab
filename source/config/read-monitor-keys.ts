import {
	answersAtCap,
	fixedKeys,
	monitorKeys,
	showPress,
	type Bindings,
	type FixedKey,
	type KeyName,
} from './monitor-keys.js';
import {monitorKeySettings} from './monitor-key-settings.js';
import {printable} from './printable.js';
import {readSection, type Report} from './read-section.js';
import {isTable, type Table} from './table.js';
import {lineOf, type Lines} from './toml-lines.js';

const path = ['monitor', 'keys'] as const;
const names = Object.keys(monitorKeys) as KeyName[];

/**
The keys of the monitor as a document binds them. Undefined where something in it is wrong and was reported:
two keys with one press among it.
*/
export function readMonitorKeys(
	found: unknown,
	lines: Lines,
	report: Report,
): Bindings | undefined {
	if (found !== undefined && !isTable(found)) {
		report({
			path: ['monitor'],
			says: 'monitor is not a section.',
			hint: 'Write [monitor.keys] on a line of its own, and its settings below.',
		});
		return undefined;
	}

	const strangers = Object.keys(found ?? {}).filter((name) => name !== 'keys');
	for (const name of strangers) {
		report({
			path: ['monitor', name],
			says: `[monitor] has no setting "${printable(name)}".`,
			hint: 'It holds [monitor.keys] alone.',
		});
	}

	const keys = found?.['keys'];
	const read = readSection(
		monitorKeySettings,
		{found: isTable(keys) ? withoutFixed(keys, report) : keys, path: [...path]},
		report,
	);
	if (read === undefined || strangers.length > 0) {
		return undefined;
	}

	const bindings: Bindings = {
		...monitorKeys,
		...Object.fromEntries(
			Object.entries(read).map(([name, presses]) => [
				name,
				[...new Set(presses)],
			]),
		),
	};
	const isBound = (name: KeyName) => isTable(keys) && Object.hasOwn(keys, name);
	const bound: Bound = {bindings, isBound, lines};
	const shared = sharedPresses(bound);
	const clashes = [
		...shared,
		...wrongAnswers(bound).filter(({name}) =>
			shared.every((one) => one.name !== name),
		),
	];
	for (const {name, says, hint} of clashes) {
		report({path: [...path, name], says, hint});
	}

	return clashes.length > 0 || (isTable(keys) && hasFixed(keys))
		? undefined
		: bindings;
}

const fixedNames: readonly string[] = fixedKeys;
const isFixed = (name: string): name is FixedKey => fixedNames.includes(name);

const hasFixed = (table: Table): boolean =>
	Object.keys(table).some((name) => isFixed(name));

function withoutFixed(table: Table, report: Report): Table {
	// As the parser makes it: without a prototype.
	const rest = Object.create(null) as Record<string, unknown>;
	for (const [name, value] of Object.entries(table)) {
		if (isFixed(name)) {
			report({
				path: [...path, name],
				says: `monitor.keys.${name} cannot be bound to another key.`,
				hint: `Its key is always ${fixedShown[name]}. Take the line out.`,
			});
		} else {
			rest[name] = value;
		}
	}

	return rest;
}

const fixedShown: Readonly<Record<FixedKey, string>> = {
	switch: 'the digit of an alias, 1 to 9',
	as_asked: '0',
	leave: 'ctrl-c',
};

type Clash = Readonly<{name: KeyName; says: string; hint: string}>;
type Bound = Readonly<{
	bindings: Bindings;
	isBound(name: KeyName): boolean;
	lines: Lines;
}>;

/**
Presses that two keys share, told of where the later of the two is bound.
*/
function sharedPresses({bindings, isBound, lines}: Bound): readonly Clash[] {
	const line = (name: KeyName) =>
		isBound(name) ? (lineOf(lines, [...path, name]) ?? 0) : -1;
	const presses = new Set(names.flatMap((name) => bindings[name]));
	return Array.from(presses).flatMap((press): readonly Clash[] => {
		const [name, other] = names
			.filter((one) => bindings[one].includes(press))
			.toSorted((a, b) => line(b) - line(a));
		return name === undefined || other === undefined
			? []
			: [{name, ...wordsOf({name, other, press}, isBound(other))}];
	});
}

function wordsOf(
	{name, other, press}: Readonly<{name: string; other: string; press: string}>,
	isOtherBound: boolean,
): Pick<Clash, 'says' | 'hint'> {
	const shown = `"${showPress(press)}"`;
	return isFixed(other)
		? {
				says: `monitor.keys.${name} has ${shown}, which always belongs to ${other}.`,
				hint: 'Choose another key.',
			}
		: {
				says: `monitor.keys.${name} and monitor.keys.${other} would both be pressed by ${shown}.`,
				hint: `Give one of them another key${isOtherBound ? '' : `, for instance with ${other} = "…" below [monitor.keys]`}.`,
			};
}

/**
Keys that would answer a question at a cap instead of doing what they are bound to.
*/
const wrongAnswers = ({bindings, isBound}: Bound): readonly Clash[] =>
	Object.entries(answersAtCap).flatMap(([press, allowed]) =>
		names
			.filter(
				(name) =>
					isBound(name) && name !== allowed && bindings[name].includes(press),
			)
			.map((name) => ({
				name,
				says: `monitor.keys.${name} has "${press}", which answers when the monitor asks what to do at a cap.`,
				hint: 'Choose another key.',
			})),
	);
