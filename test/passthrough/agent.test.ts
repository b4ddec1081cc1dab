import {expect, test, vi} from 'vitest';
import {runSimulatedAgent} from '../../source/simulated/agent.js';
import {startPair} from './pair.js';

const faults = {
	limited: 0.05,
	overloaded: 0.03,
	failed: 0.02,
	badGateway: 0.02,
	cut: 0.03,
	broken: 0.02,
};

test('endpoint, log and agent count the same, to the token, whatever went wrong', async () => {
	await using pair = await startPair({}, {faults, seed: 5});
	const report = await runSimulatedAgent({
		baseUrl: pair.tollgate.url,
		requests: 300,
		pace: 0,
		concurrency: 4,
	});

	const {total, models, others} = pair.behind.count();
	expect(report.total.requests).toBe(300);
	expect(total.requests).toBe(300);
	expect(models).toEqual(report.models);

	const rows = pair.tollgate
		.rows()
		.filter(({path}) => !/count_tokens|models|hello/.test(path!));
	expect(pair.tollgate.rows()).toHaveLength(
		300 + others.countTokens + others.models + others.unknown,
	);
	expect(rows).toHaveLength(300);
	expect(rows.every(({attempts}) => attempts === 1)).toBe(true);
	expect(rows.every(({outcome}) => outcome !== 'open')).toBe(true);
	const sum = (
		name:
			| 'inputTokens'
			| 'outputTokens'
			| 'cacheReadTokens'
			| 'cacheWrite5mTokens'
			| 'cacheWrite1hTokens',
	) =>
		rows.reduce(
			(all, row) => all + (row.usageStatus === 'exact' ? (row[name] ?? 0) : 0),
			0,
		);
	expect({
		input: sum('inputTokens'),
		output: sum('outputTokens'),
		cacheRead: sum('cacheReadTokens'),
		cacheWrite5m: sum('cacheWrite5mTokens'),
		cacheWrite1h: sum('cacheWrite1hTokens'),
	}).toEqual(total.tokens);
	expect(rows.filter(({httpStatus}) => httpStatus === 429)).toHaveLength(
		total.statuses[429] ?? 0,
	);
	expect(rows.filter(({outcome}) => outcome === 'truncated')).toHaveLength(
		total.cut,
	);
});

test('nothing is left open after many who come and go as they like', async () => {
	await using pair = await startPair(
		{},
		{faults: {...faults, reset: 0.05, stalled: 0.05}, seed: 9, pace: 0.002},
	);
	const {url} = pair.tollgate;
	let chance = 1;
	const roll = (sides: number) => {
		chance = (chance * 48_271) % 2_147_483_647;
		return chance % sides;
	};

	const visit = async (number: number) => {
		const leave = new AbortController();
		const patience = [undefined, 0, 3, 20, 100][roll(5)];
		const timer =
			patience === undefined
				? undefined
				: setTimeout(() => {
						leave.abort();
					}, patience);
		try {
			const response = await fetch(`${url}/v1/messages`, {
				method: 'POST',
				signal: leave.signal,
				body: JSON.stringify({
					model: 'claude-sonnet-4-6',
					max_tokens: 200,
					stream: number % 3 > 0,
					messages: [{role: 'user', content: `Question ${number}`}],
				}),
			});
			await response.text();
		} catch {
			// It left, or its answer was cut: both are meant to happen.
		} finally {
			clearTimeout(timer);
		}
	};

	const visitors = Array.from({length: 8}, async (_, visitor) => {
		for (let times = 0; times < 25; times++) {
			await visit(visitor * 25 + times);
		}
	});
	await Promise.all(visitors);
	await vi.waitFor(() => {
		expect(pair.tollgate.passthrough.identity().open).toBe(0);
		expect(pair.behind.count().open).toBe(0);
	});

	const rows = pair.tollgate.rows();
	expect(rows.filter(({outcome}) => outcome === 'open')).toEqual([]);
	expect(rows.filter(({endedAt}) => endedAt === null)).toEqual([]);
	expect(pair.tollgate.reader.live()).toEqual([]);
	for (const outcome of ['ok', 'error', 'aborted']) {
		expect(rows.map((row) => row.outcome)).toContain(outcome);
	}
});
