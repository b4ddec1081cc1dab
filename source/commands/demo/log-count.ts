import type {Attempt, Exchange} from '../../exchange/exchange.js';
import {
	createCounter,
	type Count,
	type Counted,
	type Ending,
} from '../../simulated/count.js';
import {openLogReadonly} from '../../usage-log/open-readonly.js';

/**
Requests for an answer. Tokens counted in advance are free, and everything else is only passed on.
*/
const exchangesSql = `
	SELECT * FROM exchanges
	WHERE format IS NOT NULL AND path NOT LIKE '%/count_tokens'
`;
/**
The endpoint has met these too.
*/
const earlierSql = 'SELECT * FROM earlierAttempts';

/**
Counts what stands in a usage log in the endpoint's own terms, so that the two can be held side by side.
*/
export function countLog(path: string): Count {
	using opened = openLogReadonly(path);
	const {db} = opened;
	const counter = createCounter();
	for (const row of db.prepare(exchangesSql).iterate()) {
		counter.add(countedExchange(row as Exchange));
	}

	for (const row of db.prepare(earlierSql).iterate()) {
		const {sentModel, httpStatus} = row as Attempt;
		counter.add({
			model: sentModel ?? '',
			ending: httpStatus === null ? 'reset' : 'refused',
			status: httpStatus ?? undefined,
			told: undefined,
		});
	}

	return counter.read();
}

function countedExchange(row: Exchange): Counted {
	const isTold = row.usageStatus === 'exact' || row.usageStatus === 'partial';
	return {
		model: row.sentModel ?? row.askedModel ?? '',
		ending: endingOf(row),
		status: row.reason === null ? (row.httpStatus ?? undefined) : undefined,
		told: isTold
			? {
					input: row.inputTokens ?? 0,
					output: row.outputTokens ?? 0,
					cacheRead: row.cacheReadTokens ?? 0,
					cacheWrite5m: row.cacheWrite5mTokens ?? 0,
					cacheWrite1h: row.cacheWrite1hTokens ?? 0,
				}
			: undefined,
	};
}

function endingOf({outcome, httpStatus, reason}: Exchange): Ending {
	switch (outcome) {
		case 'ok': {
			return 'complete';
		}

		case 'error': {
			if (httpStatus === 200) {
				return 'failed';
			}

			// With a reason the answer was ours, for an endpoint that gave none.
			return reason === null ? 'refused' : 'reset';
		}

		case 'truncated': {
			return 'cut';
		}

		case 'aborted': {
			return 'aborted';
		}

		case 'open':
		case 'refused':
		case 'lost':
		case null: {
			return 'reset';
		}
	}
}
