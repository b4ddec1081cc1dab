import {expect, test} from 'vitest';
import {dollarsPerHour} from '../../source/monitor/cap-burn.js';
import {knownSpan} from '../../source/monitor/known-since.js';
import {limitRate} from '../../source/monitor/limit-rates.js';
import {outputPerSecond} from '../../source/monitor/rates.js';
import {update} from '../../source/monitor/update.js';
import {logPlace} from '../helpers/log.js';
import {sampleModel} from './sample-model.js';
import {sampleNowMs} from './sample-rows.js';

const hourMs = 3_600_000;

/**
One exchange each second, one of forty of them of several minutes; the last ones are open.
*/
function fill(db: ReturnType<ReturnType<typeof logPlace>['connect']>): void {
	const write = db.prepare(`
		INSERT INTO exchanges (
			id, revision, owner, outcome, format, path, sentModel, attempts, attemptStartedAt, httpStatus,
			startedAt, firstTokenAt, endedAt, stream, outputTokens, costNanodollars
		) VALUES (
			@id, @id, 'ours', @outcome, 'anthropic-messages', '/v1/messages', @model, 1, @startedAt, @status,
			@startedAt, @startedAt, @endedAt, 1, @output, @cost
		)
	`);
	db.exec("INSERT OR REPLACE INTO writers VALUES ('ours', 1)");
	db.transaction(() => {
		for (let id = 1; id <= 1300; id++) {
			const startedAt = sampleNowMs - (1301 - id) * 1000;
			const endedAt = startedAt + (id % 40 === 0 ? 400_000 : 700);
			const isOpen = endedAt > sampleNowMs;
			write.run({
				id,
				outcome: isOpen ? 'open' : 'ok',
				model: ['a', 'b', 'c'][id % 3],
				startedAt,
				endedAt: isOpen ? null : endedAt,
				status: isOpen ? null : id % 7 === 0 ? 529 : 200,
				output: isOpen ? null : 1 + (id % 90) * (id % 40 === 0 ? 300 : 1),
				cost: isOpen ? null : id * 10_007 * (id % 40 === 0 ? 100 : 1),
			});
		}
	})();
}

test('rates over a log with more exchanges than are held are those of the log', () => {
	using place = logPlace();
	place.record();
	const db = place.connect();
	fill(db);
	const news = place
		.read()
		.attach({limit: 500, attemptsSinceMs: sampleNowMs - hourMs});
	const model = update(sampleModel({quiet: true}), {kind: 'attached', news});

	const {fromMs, spanMs} = knownSpan(model, 900_000);
	expect(spanMs).toBeLessThan(600_000);
	const burned = db
		.prepare<[number], {model: string; cost: number}>(
			'SELECT sentModel AS model, sum(costNanodollars) AS cost FROM exchanges WHERE endedAt > ? GROUP BY 1',
		)
		.all(fromMs);
	const rates = dollarsPerHour(model);
	expect(burned).toHaveLength(3);
	for (const {model: name, cost} of burned) {
		expect(rates.get(name)).toBeCloseTo((cost / spanMs) * hourMs, 0);
	}

	const minuteAgo = sampleNowMs - 60_000;
	const output = db
		.prepare<{from: number}, number>(
			`SELECT sum(outputTokens * (endedAt - max(firstTokenAt, @from)) * 1.0 / (endedAt - firstTokenAt))
			FROM exchanges WHERE endedAt > @from`,
		)
		.pluck()
		.get({from: minuteAgo});
	expect(outputPerSecond(model)).toBeCloseTo(output! / 60, 6);
	expect(limitRate(model, hourMs)).toEqual(
		db
			.prepare(
				'SELECT count(*) AS attempts, sum(httpStatus = 529) AS limited FROM attempts WHERE startedAt > ? AND endedAt IS NOT NULL',
			)
			.get(sampleNowMs - hourMs),
	);
});
