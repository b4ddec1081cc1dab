// Writes a usage log of a made-up working day, for pictures: node scripts/day-log.mjs FILE
import process from 'node:process';
import {runFromSource} from '../bench/from-source.mjs';

runFromSource();

const hourMs = 3_600_000;
/**
How busy each hour is, from midnight on.
*/
const hours = [2, 0, 0, 0, 0, 0, 0, 3, 14, 26, 31, 22, 9, 17, 29, 34, 18, 11];
/**
Each model with its share of the requests, and US dollars per million tokens: in, out, cached, written.
*/
const models = [
	['claude-sonnet-4-6', 0.62, [3, 15, 0.3, 3.75]],
	['claude-opus-5-5', 0.16, [4, 20, 0.4, 5]],
	['claude-haiku-4-5', 0.18, [1, 5, 0.1, 1.25]],
	['gpt-5.4', 0.04, [2.5, 15, 0.25, 0]],
];

let state = 7;
const random = () => {
	state = (state * 48_271) % 2_147_483_647;
	return state / 2_147_483_647;
};

const between = (least, most) => Math.floor(least + random() * (most - least));

function modelOf() {
	let chance = random();
	return (
		models.find(([, share]) => {
			chance -= share;
			return chance < 0;
		}) ?? models[0]
	);
}

function exchange(startedAt) {
	const [model, , [input, output, read, written]] = modelOf();
	const tokens = {
		inputTokens: between(2, 900),
		outputTokens: between(40, 2600),
		cacheReadTokens: between(8000, 90_000),
		cacheWrite5mTokens: written > 0 ? between(200, 6000) : 0,
	};
	const cost =
		tokens.inputTokens * input +
		tokens.outputTokens * output +
		tokens.cacheReadTokens * read +
		tokens.cacheWrite5mTokens * written;
	const isLimited = random() < 0.02;
	return {
		...tokens,
		startedAt,
		endedAt: startedAt + between(2000, 24_000),
		outcome: isLimited ? 'error' : 'ok',
		httpStatus: isLimited ? 429 : 200,
		model,
		cost: isLimited ? 0 : Math.round(cost * 1000),
		session: `${between(1, 9) * 1117}c0de-0000`,
	};
}

async function write(file) {
	const {openLog} = await import('../source/usage-log/open.ts');
	const {db} = openLog(file, Date.now);
	const insert = db.prepare(`
		INSERT INTO exchanges (id, revision, startedAt, endedAt, outcome, format, path, askedModel, sentModel, servedModel, endpoint, key, session, client, attempts, httpStatus, usageStatus, inputTokens, outputTokens, cacheReadTokens, cacheWrite5mTokens, costNanodollars, countedNanodollars, priceSource, billing)
		VALUES (@id, @id, @startedAt, @endedAt, @outcome, 'anthropic-messages', '/v1/messages', @model, @model, @model, 'gateway', 'default', @session, 'claude-cli/2.1.330', 1, @httpStatus, 'exact', @inputTokens, @outputTokens, @cacheReadTokens, @cacheWrite5mTokens, @cost, @cost, 'catalogue', 'api')
	`);
	const midnight = new Date().setHours(0, 0, 0, 0);
	const starts = hours
		.flatMap((count, hour) =>
			Array.from({length: count * 2}, () =>
				Math.floor(midnight + (hour + random()) * hourMs),
			),
		)
		.filter((startedAt) => startedAt < Date.now() - 120_000)
		.toSorted((one, other) => one - other);
	db.transaction(() => {
		for (const [index, startedAt] of starts.entries()) {
			insert.run({id: index + 1, ...exchange(startedAt)});
		}
	})();
	db.close();
}

await write(process.argv[2]);
