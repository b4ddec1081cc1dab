import process from 'node:process';
import type {KeySource} from '../../config/endpoint-kinds.js';
import {UserError} from '../../user-error.js';
import type {Given} from '../command.js';
import {keyFlag} from './key-for.js';
import {isUrl} from './patients.js';
import type {Sheet} from './block.js';

export type AskedFor = Sheet &
	Readonly<{
		/**
		A name or a URL; undefined: every endpoint of the config.
		*/
		word: string | undefined;
		key: KeySource | undefined;
		model: string | undefined;
		isFree: boolean;
		isLocal: boolean;
		isJson: boolean;
		/**
		Whether this machine is looked at.
		*/
		looksHere: boolean;
	}>;

/**
What was asked for. Throws a UserError (exit code 2) where that makes no sense.
*/
export function flagsOf({flags, input}: Given): AskedFor {
	const [word] = input;
	const isLocal = flags['local'] === true;
	if (isLocal && word !== undefined) {
		throw new UserError(
			'--local looks at this machine alone, and an endpoint was named.',
			'Leave out one of the two.',
			{exitCode: 2},
		);
	}

	const model = flags['model'] as string | undefined;
	if (model?.trim() === '') {
		throw new UserError('--model is empty.', 'Write --model ID.', {
			exitCode: 2,
		});
	}

	const {stdout} = process;
	return {
		word,
		key: keyFlag(flags['key']),
		model,
		isFree: flags['free'] === true,
		isLocal,
		isJson: flags['json'] === true,
		looksHere: word === undefined || !isUrl(word),
		columns: stdout.isTTY ? stdout.columns : Infinity,
		isAscii: flags['ascii'] === true,
	};
}
