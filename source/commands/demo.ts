import process from 'node:process';
import {UserError} from '../user-error.js';
import type {Given} from './command.js';
import {refuseWithoutTerminal} from './terminal.js';
import {wholeFlag} from './whole-flag.js';

const signals = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'] as const;

/**
A simulated endpoint and agent, the real passthrough between them, and the monitor over it: or, without
one, the totals. Whatever ends it, nothing of it is left.
*/
export async function demo({flags}: Given): Promise<void> {
	if (flags['home'] !== undefined) {
		throw new UserError(
			'The demo makes a home of its own and takes it away again.',
			'Leave --home out.',
			{exitCode: 2},
		);
	}

	const requests = wholeFlag(flags['requests'], {
		name: 'requests',
		from: 1,
		to: 1_000_000,
	});
	const seed =
		wholeFlag(flags['seed'], {name: 'seed', from: 0, to: 4_294_967_295}) ?? 1;
	const isHeadless = flags['headless'] === true;
	if (!isHeadless) {
		refuseWithoutTerminal(
			'Use "tollgate demo --headless" to see totals instead.',
		);
	}

	const left = new AbortController();
	const leave = () => {
		process.exitCode = 130;
		left.abort();
	};

	for (const name of signals) {
		process.on(name, leave);
	}

	if (isHeadless) {
		const {playHeadless} = await import('./demo/headless.js');
		await playHeadless({requests: requests ?? 100, seed, signal: left.signal});
	} else {
		const {showDemo} = await import('./demo/show.js');
		await showDemo({
			requests: requests ?? Infinity,
			seed,
			ascii: flags['ascii'] === true,
			signal: left.signal,
		});
	}
}
