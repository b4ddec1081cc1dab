import process from 'node:process';
import {UserError} from '../user-error.js';

/**
Throws where there is no terminal to draw on, or none to press keys in: one that says it is dumb would print what
moves its cursor.
*/
export function refuseWithoutTerminal(hint: string): void {
	if (!process.stdin.isTTY || !process.stdout.isTTY) {
		throw new UserError(
			'The monitor needs a terminal, and this is none.',
			hint,
			{exitCode: 2},
		);
	}

	if (process.env['TERM'] === 'dumb') {
		throw new UserError(
			'The monitor cannot draw here: TERM=dumb says that the cursor cannot be moved.',
			hint,
			{exitCode: 2},
		);
	}
}

/**
Whether what is printed may be coloured. FORCE_COLOR is asked before NO_COLOR, as Node does.
*/
export function wantsColour(
	env: Readonly<Record<string, string | undefined>>,
	isTerminal: boolean,
): boolean {
	const forced = env['FORCE_COLOR'];
	return forced === undefined
		? isTerminal && !env['NO_COLOR'] && env['TERM'] !== 'dumb'
		: !['0', 'false'].includes(forced);
}
