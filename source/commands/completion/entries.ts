import {dashed} from '../command-named.js';
import type {Command, FlagKind} from '../command.js';
import {commands, type CommandName} from '../commands.js';
import {usage} from '../usage.js';
import {offered, type Offer, type WordOffer} from './offered.js';

export type FlagEntry = Readonly<{
	/**
	As it is written: `--read-only`.
	*/
	flag: string;
	says: string;
	takesValue: boolean;
	/**
	What its value may be, where that can be listed.
	*/
	offer?: Offer;
}>;

/**
One command as the scripts of all shells need it.
*/
export type Entry = Readonly<{
	/**
	Empty for the monitor, which is what comes without a name.
	*/
	name: string;
	says: string;
	/**
	Without those of every command.
	*/
	flags: readonly FlagEntry[];
	words: readonly WordOffer[];
	runsAnother: boolean;
}>;

/**
Not in the help: for scripts of ours.
*/
const hidden = new Set(['values']);

/**
Every command of the table, with what its help says in a few words.
*/
export const entries = (): readonly Entry[] =>
	(Object.keys(commands) as CommandName[]).map((name) => entryOf(name));

function entryOf(name: CommandName): Entry {
	const {flags, runsAnother}: Command = commands[name];
	const {words = [], flags: offers = {}} = offered[name] ?? {};
	const help = usage(name);
	const own = Object.entries(flags)
		.filter(([flag]) => !hidden.has(flag))
		.map(([key, kind]): FlagEntry => {
			const {type} = kind;
			const flag = written(key, kind);
			const offer = offers[key];
			return {
				flag,
				says: saidOf(flag, help),
				takesValue: type !== 'boolean',
				...(offer && {offer}),
			};
		});
	return {
		name: name === 'monitor' ? '' : name,
		says: firstSentence(help),
		flags: own,
		words,
		runsAnother: runsAnother === true,
	};
}

/**
As it is of use: what is so without it can only be taken away.
*/
export const written = (
	name: string,
	{type, default: without}: FlagKind,
): string =>
	type === 'boolean' && without === true
		? `--no-${dashed(name).slice(2)}`
		: dashed(name);

/**
What every command takes.
*/
export const everywhere: readonly FlagEntry[] = [
	{
		flag: '--home',
		says: 'Keep config, log and state in one folder',
		takesValue: true,
		offer: {kind: 'folders'},
	},
	{flag: '--help', says: 'How it is used', takesValue: false},
	{flag: '--version', says: 'Print the version', takesValue: false},
];

/**
Every flag that is followed by a value, in any command: so `tollgate` itself reads its words.
*/
export const valueFlags = (all: readonly Entry[]): readonly string[] => [
	...new Set(
		[...all.flatMap(({flags}) => flags), ...everywhere]
			.filter(({takesValue}) => takesValue)
			.map(({flag}) => flag),
	),
];

/**
The commands that are named, so all but the monitor.
*/
export const named = (all: readonly Entry[]): readonly Entry[] =>
	all.filter(({name}) => name !== '');

const firstSentence = (help: string): string =>
	/^[^\n]*?(?=\.(?:\s|$)|\n|$)/v.exec(help)?.[0] ?? '';

/**
What the help has beside a flag (`  --week, --month  The week or …`); empty where it has nothing.
*/
function saidOf(flag: string, help: string): string {
	for (const line of help.split('\n')) {
		const words = line.trim().split(/[\s,]+/v);
		const firstOther = words.findIndex((word) => !word.startsWith('--'));
		if (firstOther > 0 && words.slice(0, firstOther).includes(flag)) {
			const isValue = /^(?:[A-Z]{2,}|N)$/v.test(words[firstOther]!);
			return line
				.trim()
				.split(/\s+/v)
				.slice(firstOther + (isValue ? 1 : 0))
				.join(' ');
		}
	}

	return '';
}
