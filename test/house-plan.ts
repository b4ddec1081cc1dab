import fs from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..', 'source');

/**
Which rooms a room may import from, besides itself. Imports point down.
*/
export const mayImport: Readonly<
	Record<string, readonly string[] | 'everything'>
> = {
	exchange: [],
	wire: ['exchange'],
	policy: ['exchange'],
	pricing: ['exchange'],
	calendar: ['exchange'],
	config: ['exchange', 'wire'],
	'usage-log': ['exchange'],
	control: ['exchange', 'usage-log'],
	passthrough: [
		'exchange',
		'wire',
		'policy',
		'pricing',
		'calendar',
		'config',
		'usage-log',
		'control',
	],
	monitor: [
		'exchange',
		'calendar',
		'usage-log',
		'control',
		'config',
		'pricing',
	],
	summary: ['exchange', 'calendar', 'pricing', 'usage-log', 'control'],
	export: ['exchange', 'usage-log'],
	doctor: ['exchange', 'wire', 'config', 'pricing', 'usage-log', 'control'],
	// Not part of the passthrough: an endpoint and an agent to try it with.
	simulated: ['exchange'],
	commands: 'everything',
};

/**
The door of the house: it starts a command. Other files beside the rooms are for every room, and know none.
*/
const atTheDoor = new Set(['bin', 'cli', 'crash-log']);

export type Import = Readonly<{from: string; to: string; line: string}>;

/**
Every import from one file of the house in another; paths from `source/`.
*/
export function importsOfHouse(): readonly Import[] {
	return filesOfHouse()
		.flatMap((from) =>
			importsIn(fs.readFileSync(path.join(root, from), 'utf8')).map(
				(specifier) => ({
					from,
					to: path.posix.join(path.posix.dirname(from), specifier),
					line: `${from} imports ${specifier}`,
				}),
			),
		)
		.filter(({to}) => !to.startsWith('../'));
}

export function filesOfHouse(): readonly string[] {
	return fs
		.readdirSync(root, {recursive: true, encoding: 'utf8'})
		.map((file) => file.replaceAll(path.sep, '/'))
		.filter((file) => /\.tsx?$/.test(file));
}

/**
What stands against the plan, in words.
*/
export function againstThePlan(imports: readonly Import[]): readonly string[] {
	return imports.filter((one) => !isPlanned(one)).map(({line}) => line);
}

/**
Rooms that the plan does not know.
*/
export function roomsWithoutPlan(): readonly string[] {
	const rooms = new Set(filesOfHouse().map((file) => roomOf(file)));
	return [...rooms].filter(
		(room) => room !== undefined && !Object.hasOwn(mayImport, room),
	) as string[];
}

function isPlanned({from, to}: Import): boolean {
	const asking = roomOf(from);
	const asked = roomOf(to);
	if (asking === undefined && isDoor(from)) {
		return true;
	}

	if (asking === undefined || asked === undefined) {
		return asked === undefined && !isDoor(to);
	}

	const allowed = mayImport[asking];
	return (
		asked === asking ||
		allowed === 'everything' ||
		allowed?.includes(asked) === true
	);
}

const isDoor = (file: string): boolean =>
	atTheDoor.has(file.replace(/\.[jt]s$/, ''));

/**
The folder of a file; undefined for one that lies beside the rooms.
*/
function roomOf(file: string): string | undefined {
	const slash = file.indexOf('/');
	return slash === -1 ? undefined : file.slice(0, slash);
}

function importsIn(text: string): readonly string[] {
	const pattern = /(?:\bfrom |\bimport\(|^import )'(?<specifier>\.[^']+)'/gm;
	return [...text.matchAll(pattern)].map(({groups}) => groups!['specifier']!);
}
