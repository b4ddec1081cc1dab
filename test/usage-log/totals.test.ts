import {expect, test} from 'vitest';
import {quarterMs} from '../../source/exchange/measures.js';
import {asked, begin, ended, finish, logPlace} from '../helpers/log.js';

const at = 1000 * quarterMs;

test('totals are sums over models of what began since an instant, the heaviest first', async () => {
	using place = logPlace();
	const recorder = place.record();
	const done = async (
		facts: Parameters<typeof begin>[1],
		end: Parameters<typeof finish>[2],
	) => {
		const {recording} = begin(recorder, {...asked, ...facts});
		await finish(recorder, recording, {...ended, ...end});
	};

	await done({startedAt: at - 1}, {inputTokens: 1_000_000});
	await done({startedAt: at}, {servedModel: 'small', inputTokens: 1});
	await done({startedAt: at + 1}, {servedModel: 'large', cacheReadTokens: 500});
	await done(
		{startedAt: at + 2},
		{
			servedModel: 'large',
			usageStatus: 'missing',
			inputTokens: null,
			outputTokens: null,
			httpStatus: 429,
		},
	);
	// A list of models and the like: no model, no usage.
	await done({startedAt: at + 3, format: null, sentModel: null}, {});
	await done({startedAt: at, path: '/v1/messages/count_tokens'}, {});
	const retried = begin(recorder, {...asked, startedAt: at + 4});
	await retried.recorded;
	recorder.move(retried.recording, {
		ended: {outcome: 'error', httpStatus: 429},
		next: {
			alias: null,
			endpoint: 'main',
			sentModel: 'x',
			billing: null,
			attemptStartedAt: at + 5,
		},
	});
	await finish(recorder, retried.recording, {
		...ended,
		servedModel: 'small',
		cacheWrite5mTokens: 5,
		cacheWrite1hTokens: 6,
	});
	const nothing = {
		unproven: 0,
		limited: 0,
		cacheWriteTokens: 0,
		costNanodollars: 0,
		planNanodollars: 0,
		unpriced: 0,
		rebuiltTokens: 0,
		rebuiltNanodollars: 0,
	};
	expect(place.read().totals(at)).toEqual([
		{
			...nothing,
			model: 'large',
			requests: 2,
			attempts: 2,
			limited: 1,
			inputTokens: 12,
			outputTokens: 34,
			cacheReadTokens: 500,
			unproven: 1,
		},
		{
			...nothing,
			model: 'small',
			requests: 2,
			attempts: 3,
			limited: 1,
			inputTokens: 13,
			outputTokens: 68,
			cacheReadTokens: 0,
			cacheWriteTokens: 11,
		},
	]);
});
