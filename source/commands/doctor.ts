import process from 'node:process';
import type {Given} from './command.js';
import {chooseEndpoints, lookAtEndpoints} from './doctor/endpoints.js';
import {flagsOf} from './doctor/flags.js';
import {lookHere} from './doctor/here.js';
import {createReport} from './doctor/report.js';

/**
Looks at endpoints, and at this machine, before an agent does, and says what to change. Exit code 1 where
something is bad.
*/
export async function doctor(given: Given): Promise<void> {
	const asked = flagsOf(given);
	const chosen = chooseEndpoints(given, asked);
	const report = createReport(asked);
	if (asked.looksHere) {
		await lookHere(given, report);
	}

	await lookAtEndpoints(chosen, asked, report);
	process.exitCode = report.close() === 'bad' ? 1 : 0;
}
