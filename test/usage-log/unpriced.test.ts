import {expect, test} from 'vitest';
import {readUnpriced} from '../../source/usage-log/unpriced.js';
import {asked, begin, ended, finish, logPlace} from '../helpers/log.js';

const hourMs = 3_600_000;
const at = 100 * hourMs;
const nobodys = {costNanodollars: null, priceSource: 'unpriced'} as const;
const advised = {
	...nobodys,
	unpricedModel: 'adviser-9',
	unpricedFor: 'model',
} as const;

/**
One exchange an hour, of a model and at an endpoint, with what else its end says.
*/
async function fill(
	place: ReturnType<typeof logPlace>,
	ends: ReadonlyArray<Parameters<typeof finish>[2]>,
): Promise<void> {
	const recorder = place.record();
	for (const [index, end] of ends.entries()) {
		const {recording} = begin(recorder, {
			...asked,
			startedAt: at + index * hourMs,
		});
		await finish(recorder, recording, {...ended, servedModel: 'm', ...end});
	}
}

const row = (
	unpricedModel: string | null,
	exchanges: number,
	unpricedFor = 'model',
) => ({model: 'm', endpoint: 'main', unpricedModel, unpricedFor, exchanges});

test('tells what the exchanges of a range lack, the most frequent first', async () => {
	using place = logPlace();
	await fill(place, [
		advised,
		{...nobodys, unpricedModel: 'm', unpricedFor: 'fast'},
		advised,
		advised,
		{},
		advised,
	]);
	const db = place.connect();
	const from = (fromHour: number, toHour: number, most?: number) =>
		readUnpriced(db, {
			fromMs: at + fromHour * hourMs,
			toMs: at + toHour * hourMs,
			...(most !== undefined && {most}),
		});
	expect(from(1, 5)).toEqual([row('adviser-9', 2), row('m', 1, 'fast')]);
	expect(from(0, 100)).toEqual([row('adviser-9', 4), row('m', 1, 'fast')]);
	expect(from(4, 5)).toEqual([]);
	expect(from(6, 100)).toEqual([]);
	expect(from(0, 100, 3)).toEqual([row('adviser-9', 2)]);
});

test('a row that does not say lacks the price of its model, and one without a model that of none', async () => {
	using place = logPlace();
	await fill(place, [nobodys, {...nobodys, servedModel: ''}]);
	const range = {fromMs: at, toMs: at + 2 * hourMs};
	expect(readUnpriced(place.connect(), range)).toEqual(
		expect.arrayContaining([row('m', 1), {...row(null, 1), model: ''}]),
	);
});

test('an empty log has nothing to tell', () => {
	using place = logPlace();
	place.record();
	expect(readUnpriced(place.connect(), {fromMs: 0, toMs: at})).toEqual([]);
});
