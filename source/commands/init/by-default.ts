import process from 'node:process';
import {printable} from '../../config/printable.js';
import {systemZone} from '../../config/day-kinds.js';
import type {Finding} from '../../doctor/check.js';
import {UserError} from '../../user-error.js';
import {usualAtCap, usualCap} from './answers.js';
import type {Asker} from './asker.js';

const demands = {
	url: 'Write --url URL: the base URL of the API.',
	key: 'Write --key env:NAME (a variable), --key "cmd:…" (what a command prints) or --key agent (the agent\'s own).',
};

/**
Asks nothing: what the flags leave open has its default, and what has none ends the command. `yes`: also where
something is wrong with the endpoint it goes on.
*/
export function byDefault({yes}: Readonly<{yes: boolean}>): Asker {
	const missing = (flags: readonly string[], hint: string): UserError =>
		new UserError(
			`${yes ? 'With --yes nothing is asked' : 'There is no terminal to ask in'}, and ${flags.join(' and ')} ${flags.length === 1 ? 'is' : 'are'} missing.`,
			hint,
			{exitCode: 2},
		);

	return {
		begin({url, key}) {
			const flags = [...(url ? [] : ['url']), ...(key ? [] : ['key'])] as const;
			if (flags.length > 0) {
				throw missing(
					flags.map((flag) => `--${flag}`),
					flags.map((flag) => demands[flag as keyof typeof demands]).join(' '),
				);
			}
		},
		async url() {
			throw missing(['--url'], demands.url);
		},
		async key() {
			throw missing(['--key'], demands.key);
		},
		busy() {
			// Nobody waits.
		},
		tell: say,
		async whatNow({findings}) {
			const wrong = findings.filter(({standing}) => standing === 'bad');
			if (yes) {
				say(wrong.map((finding) => inWords(finding)));
				return 'go on';
			}

			const [first, ...others] = wrong;
			throw new UserError(
				[
					first?.said ?? 'The endpoint does not answer as an API does.',
					...others.map(({said}) => said),
				].join('\n'),
				`${first?.fix ?? 'Look at --url and --key.'} To write the file all the same, add --yes.`,
			);
		},
		async formats(found) {
			return found;
		},
		async model({flag, alias}, {choices, picked, isAgentKey}) {
			if (picked !== undefined || flag !== 'default') {
				return picked;
			}

			if (choices.length === 0 && (isAgentKey || yes)) {
				return undefined;
			}

			throw missing(
				['--default'],
				`Write --default ID, the model of ${alias}${choices.length === 0 ? '' : `; the endpoint has ${listOf(choices.map(({id}) => id))}`}. Or --default none.`,
			);
		},
		async cap() {
			return usualCap;
		},
		async atCap() {
			return usualAtCap;
		},
		async zone() {
			return systemZone;
		},
		async mayWrite(file, text) {
			say([`This is what ${file} gets:`, '', text]);
			return true;
		},
	};
}

export const inWords = ({said, fix}: Finding): string =>
	fix === undefined ? said : `${said} ${fix}`;

const most = 6;
const listOf = (ids: readonly string[]): string =>
	ids
		.slice(0, most)
		.map((id) => printable(id))
		.join(', ') + (ids.length > most ? ` and ${ids.length - most} more` : '');

function say(notes: readonly string[]): void {
	for (const note of notes) {
		process.stderr.write(`${note}\n`);
	}
}
