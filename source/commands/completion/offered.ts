import {wireFormatNames} from '../../exchange/usage.js';
import {groupings} from '../../summary/summary.js';
import {clients} from '../env/client.js';
import {shells as envShells} from '../env/shell.js';

/**
What only a home knows: read from its config when it is asked for.
*/
export const liveNames = ['alias', 'endpoint', 'key'] as const;
export type LiveName = (typeof liveNames)[number];

/**
What may stand in one place of a command line.
*/
export type Offer =
	| Readonly<{kind: 'words'; words: readonly string[]}>
	| Readonly<{kind: 'live'; of: LiveName}>
	| Readonly<{kind: 'folders'}>;

/**
A word of a command: `at` counts the words after its name from 0; `after` is the word before it, where
that matters.
*/
export type WordOffer = Readonly<{at: number; after?: string; offer: Offer}>;

export type Offered = Readonly<{
	words?: readonly WordOffer[];
	/**
	By the name of the flag as the table of commands has it.
	*/
	flags?: Readonly<Record<string, Offer>>;
}>;

const words = (...list: readonly string[]): Offer => ({
	kind: 'words',
	words: list,
});
const live = (of: LiveName): Offer => ({kind: 'live', of});

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/**
What the table of commands does not tell: what its words and its flags' values may be. A command that is
not here is completed all the same, with its flags.
*/
export const offered: Readonly<Record<string, Offered>> = {
	alias: {words: [{at: 0, offer: live('alias')}]},
	cap: {words: [{at: 0, offer: live('key')}]},
	key: {
		words: [
			{at: 0, offer: words('add', 'list', 'revoke')},
			{at: 1, after: 'revoke', offer: live('key')},
		],
	},
	config: {words: [{at: 0, offer: words('check')}]},
	log: {words: [{at: 0, offer: words('check', 'prune', 'export')}]},
	summary: {
		flags: {by: words(...groupings), date: words('today', 'yesterday')},
	},
	doctor: {words: [{at: 0, offer: live('endpoint')}]},
	init: {
		flags: {
			formats: words(...wireFormatNames),
			atCap: words('ask', 'refuse'),
			zone: words('system'),
		},
	},
	run: {
		flags: {
			alias: live('alias'),
			key: live('key'),
			for: words(...clients.filter((client) => client !== 'claude-desktop')),
		},
	},
	env: {
		flags: {
			for: words(...clients),
			shell: words(...envShells),
			key: live('key'),
		},
	},
	completion: {words: [{at: 0, offer: words(...shells)}]},
};
