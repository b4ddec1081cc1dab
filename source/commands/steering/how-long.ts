import {duration} from '../../config/kinds.js';
import {UserError} from '../../user-error.js';
import type {Given} from '../command.js';

const times = duration({from: '1s', to: '24h'});
const mostRequests = 10_000;

/**
`--for 20m` as the instant it ends, epoch milliseconds; null where it was not given.
*/
export function untilOf({flags}: Given, nowMs: number): number | null {
	const written = flags['for'];
	if (written === undefined) {
		return null;
	}

	const reading = times.read(written);
	if (reading.kind === 'read') {
		return nowMs + reading.value;
	}

	throw new UserError(
		`--for ${reading.wrong}.`,
		`Write ${times.allowed}: --for 20m`,
		{exitCode: 2},
	);
}

/**
`--next 5` as a count of requests; null where it was not given.
*/
export function requestsOf({flags}: Given): number | null {
	const written = flags['next'];
	if (written === undefined) {
		return null;
	}

	// In digits: `1e3` and `0x10` are numbers too, and most likely a slip.
	const count =
		typeof written === 'string' && /^\d+$/v.test(written) ? Number(written) : 0;
	if (count >= 1 && count <= mostRequests) {
		return count;
	}

	throw new UserError(
		`--next takes a whole number of requests from 1 to ${mostRequests}.`,
		'Write --next 5',
		{exitCode: 2},
	);
}
