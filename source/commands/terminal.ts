import process from 'node:process';
import {UserError} from '../user-error.js';

/**
Throws where there is no terminal to draw on, or none to press keys in.
*/
export function refuseWithoutTerminal(hint: string): void {
	if (!process.stdin.isTTY || !process.stdout.isTTY) {
		throw new UserError(
			'The monitor needs a terminal, and this is none.',
			hint,
			{exitCode: 2},
		);
	}
}
