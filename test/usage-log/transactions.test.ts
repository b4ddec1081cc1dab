import {expect, test} from 'vitest';
import type {Recorder} from '../../source/usage-log/recorder.js';
import {
	asked,
	begin,
	ended,
	finish,
	logPlace,
	streaming,
	transactionsIn,
	turn,
	type LogPlace,
} from '../helpers/log.js';

const countDuring = async (
	place: LogPlace,
	act: () => unknown,
): Promise<number> => {
	const before = transactionsIn(place.path);
	await act();
	return transactionsIn(place.path) - before;
};

const nextAttempt = async (
	recorder: Recorder,
	recording: Parameters<Recorder['move']>[0],
) =>
	new Promise<boolean>((resolve) => {
		recorder.move(
			recording,
			{
				ended: {outcome: 'error', httpStatus: 529, endedAt: 1500},
				next: {
					alias: null,
					endpoint: 'other',
					sentModel: 'm2',
					billing: null,
					attemptStartedAt: 1600,
				},
			},
			resolve,
		);
	});

test('exchanges that begin in one turn of the event loop share a transaction', async () => {
	using place = logPlace();
	const recorder = place.record();
	const count = await countDuring(place, async () =>
		Promise.all(Array.from({length: 20}, async () => begin(recorder).recorded)),
	);
	expect(count).toBe(1);
	expect(place.read().since(0).exchanges).toHaveLength(20);
});

test.each([
	['an exchange alone', 2, []],
	['an exchange whose progress was written', 3, ['progress']],
	['an exchange of two attempts', 3, ['attempt']],
] as const)('%s takes %i transactions', async (_what, expected, between) => {
	using place = logPlace();
	const recorder = place.record();
	const count = await countDuring(place, async () => {
		const {recording, recorded} = begin(recorder);
		await recorded;
		for (const what of between) {
			if (what === 'progress') {
				recorder.progress([[recording, streaming]]);
			} else {
				await nextAttempt(recorder, recording);
			}
		}

		await finish(recorder, recording);
	});
	expect(count).toBe(expected);
});

test('the row can be seen by others when it is said to be recorded, and not before', async () => {
	using place = logPlace();
	const recorder = place.record();
	const reader = place.read();
	const outcomes = () => reader.since(0).exchanges.map(({outcome}) => outcome);
	const seen = await new Promise((resolve) => {
		const recording = recorder.begin(asked, () => {
			const atBegin = outcomes();
			recorder.finish(recording, ended, () => {
				resolve([atBegin, outcomes()]);
			});
		});
		expect(outcomes()).toEqual([]);
	});
	expect(seen).toEqual([['open'], ['ok']]);
});

test('both attempts of an exchange are in the log, the earlier as a row of its own', async () => {
	using place = logPlace();
	const recorder = place.record();
	const {recording, recorded} = begin(recorder);
	await recorded;
	await nextAttempt(recorder, recording);
	await finish(recorder, recording);
	const {exchanges, attempts} = place.read().since(0);
	expect(exchanges).toMatchObject([
		{attempts: 2, endpoint: 'other', sentModel: 'm2', httpStatus: 200},
	]);
	expect(attempts).toMatchObject([
		{
			number: 1,
			endpoint: 'main',
			sentModel: asked.sentModel,
			httpStatus: 529,
			outcome: 'error',
			startedAt: 1001,
			endedAt: 1500,
		},
		{
			number: 2,
			endpoint: 'other',
			sentModel: 'm2',
			httpStatus: 200,
			outcome: 'ok',
			startedAt: 1600,
			endedAt: 2000,
		},
	]);
	expect(
		place.connect().prepare('SELECT number FROM attempts').pluck().all(),
	).toEqual([1, 2]);
});

test('values come back as they went in', async () => {
	using place = logPlace();
	const recorder = place.record();
	const {recording, recorded} = begin(recorder, {...asked, stream: true});
	await recorded;
	const facts = {
		...ended,
		possiblyBilled: false,
		anomalies: ['usage_missing'],
		rateLimits: {windows: {requests: {limit: 10, remaining: 3}}},
		costNanodollars: 9_007_199_254_740_991,
		firstByteAt: 1234.6,
		errorMessage: "it's 50% \u{1F600}; DROP TABLE exchanges",
	};
	await finish(recorder, recording, facts);
	expect(place.read().since(0).exchanges).toMatchObject([
		{...facts, firstByteAt: 1235, stream: true, owner: 'ours', state: null},
	]);
});

test('a row that can never be written does not hold up the others', async () => {
	using place = logPlace();
	const poison: unknown[] = [];
	const recorder = place.record({
		onPoison(error) {
			poison.push(error);
		},
	});
	const wrong = {...asked, path: Symbol('no value for SQLite') as never};
	const answers = [
		begin(recorder),
		begin(recorder, wrong),
		begin(recorder),
	].map(async ({recorded}) => recorded);
	expect(await Promise.all(answers)).toEqual([true, false, true]);
	expect(poison).toHaveLength(1);
	expect(place.read().since(0).exchanges).toHaveLength(2);
	expect(recorder.trouble).toBeUndefined();
});

test('what waits when the recorder is closed is written before', async () => {
	using place = logPlace();
	const recorder = place.record();
	const {recorded} = begin(recorder);
	expect(recorder.close()).toBe(0);
	expect(await recorded).toBe(true);
	expect(place.read().since(0).exchanges).toHaveLength(1);
	await turn();
});
