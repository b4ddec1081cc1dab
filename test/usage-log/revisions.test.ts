import {expect, test} from 'vitest';
import {asked, begin, finish, logPlace, turn} from '../helpers/log.js';

test('revisions rise with every change and none is given twice, whoever writes', async () => {
	using place = logPlace();
	const recorders = ['one', 'two', 'three'].map((owner) =>
		place.record({owner}),
	);
	const reader = place.read();
	const seen: number[] = [];
	let last = 0;
	const look = () => {
		const news = reader.since(last);
		seen.push(...news.exchanges.map(({revision}) => revision));
		expect(news.revision).toBe(seen.at(-1) ?? 0);
		last = news.revision;
	};

	for (let round = 0; round < 10; round++) {
		const begun = recorders.map((recorder) => ({
			recorder,
			...begin(recorder),
		}));
		await turn();
		look();
		await Promise.all(
			begun.map(async ({recorder, recording}) => finish(recorder, recording)),
		);
		look();
	}

	expect(seen).toEqual(Array.from({length: 60}, (_, index) => index + 1));
});

test('a revision is not given again after the newest rows were moved to other revisions', async () => {
	using place = logPlace();
	const recorder = place.record();
	const first = begin(recorder);
	const second = begin(recorder);
	await second.recorded;
	await finish(recorder, second.recording);
	await finish(recorder, first.recording);
	const third = begin(recorder);
	await third.recorded;
	expect(
		place
			.read()
			.since(0)
			.exchanges.map(({id, revision}) => [id, revision]),
	).toEqual([
		[2, 3],
		[1, 4],
		[3, 5],
	]);
});

test('the revision to ask from next belongs to the rows that were read', async () => {
	using place = logPlace();
	const recorder = place.record();
	const reader = place.read();
	await begin(recorder).recorded;
	const news = reader.since(0);
	await begin(recorder).recorded;
	expect(news.revision).toBe(1);
	expect(reader.since(news.revision).exchanges).toMatchObject([
		{id: 2, revision: 2},
	]);
	expect(reader.since(2)).toEqual({revision: 2, exchanges: [], attempts: []});
});

test('whoever attaches sees the newest, and those still open however old they are', async () => {
	using place = logPlace();
	const recorder = place.record();
	const old = begin(recorder);
	await old.recorded;
	for (let number = 0; number < 5; number++) {
		const {recording} = begin(recorder, {...asked, startedAt: 2000 + number});
		await finish(recorder, recording);
	}

	const news = place.read().attach({limit: 2, attemptsSinceMs: 0});
	expect(news.exchanges.map(({id, outcome}) => [id, outcome])).toEqual([
		[1, 'open'],
		[5, 'ok'],
		[6, 'ok'],
	]);
	expect(news.revision).toBe(11);
	expect(news.attempts).toHaveLength(6);
});

test('as many have ended as whoever attaches asks for, whatever is open', async () => {
	using place = logPlace();
	const recorder = place.record();
	for (let number = 0; number < 4; number++) {
		await finish(recorder, begin(recorder).recording);
	}

	await begin(recorder).recorded;
	await begin(recorder).recorded;
	const {exchanges} = place.read().attach({limit: 3, attemptsSinceMs: 0});
	expect(exchanges.map(({id}) => id)).toEqual([2, 3, 4, 5, 6]);
});

test('the version of the data changes when another connection has written, and only then', async () => {
	using place = logPlace();
	const recorder = place.record();
	const reader = place.read();
	const before = reader.dataVersion();
	expect(reader.dataVersion()).toBe(before);
	await begin(recorder).recorded;
	expect(reader.dataVersion()).not.toBe(before);
});
