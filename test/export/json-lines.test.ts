import {expect, test} from 'vitest';
import {exchangeFields} from '../../source/exchange/exchange.js';
import {jsonLines} from '../../source/export/json-lines.js';
import {openLogReadonly} from '../../source/usage-log/open-readonly.js';
import {
	asked,
	begin,
	ended,
	finish,
	logPlace,
	streaming,
} from '../helpers/log.js';

const exported = (path: string, since = 0) => {
	using opened = openLogReadonly(path);
	return [...jsonLines(opened.db, {since})]
		.join('')
		.split('\n')
		.slice(0, -1)
		.map((line) => JSON.parse(line) as Record<string, unknown>);
};

test('every line has the names that scripts rely on, in their order', async () => {
	using place = logPlace();
	await begin(place.record(), {}).recorded;
	const [row] = exported(place.path);
	expect(Object.keys(row!)).toEqual([
		'id',
		'revision',
		...Object.keys(exchangeFields),
	]);
	const promised =
		'id revision startedAt firstByteAt endedAt outcome state heldMs holdReason format path stream askedModel alias endpoint sentModel servedModel fallbacks attempts httpStatus errorClass errorType stopReason usageStatus inputTokens outputTokens cacheReadTokens cacheWrite5mTokens cacheWrite1hTokens reasoningTokens webSearches extraUsage serviceTier speed inferenceGeo costNanodollars countedNanodollars priceSource key session agentId client owner bodyHash requestId messageId rateLimits anomalies possiblyBilled';
	for (const name of promised.split(' ')) {
		expect(row).toHaveProperty(name);
	}

	expect(row).toMatchObject({
		outcome: 'open',
		owner: 'ours',
		inputTokens: null,
	});
});

test('lines come in the order of revisions, the open ones too; facts are JSON, flags true or false', async () => {
	using place = logPlace();
	const recorder = place.record();
	const first = begin(recorder, {...asked, stream: true});
	const second = begin(recorder, {...asked, stream: false});
	await second.recorded;
	recorder.progress([[first.recording, streaming]]);
	await finish(recorder, first.recording, {
		...ended,
		anomalies: ['a', 'b'],
		possiblyBilled: true,
	});
	expect(exported(place.path)).toMatchObject([
		{
			id: 2,
			revision: 2,
			outcome: 'open',
			state: 'waiting',
			stream: false,
			inputTokens: null,
		},
		{
			id: 1,
			revision: 3,
			outcome: 'ok',
			state: null,
			stream: true,
			anomalies: ['a', 'b'],
			possiblyBilled: true,
		},
	]);
	expect(exported(place.path, 2)).toMatchObject([{id: 1}]);
	expect(exported(place.path, 3)).toEqual([]);
});

test('what was written while lines were read is not among them, and nobody waited', async () => {
	using place = logPlace();
	const recorder = place.record();
	const long = 'x'.repeat(40_000);
	const begun = Array.from({length: 10}, () =>
		begin(recorder, {...asked, path: long}),
	);
	await begun[9]!.recorded;
	using opened = openLogReadonly(place.path);
	const pieces = jsonLines(opened.db, {since: 0});
	const read = [pieces.next().value as string];
	for (const {recording} of begun) {
		expect(await finish(recorder, recording)).toBe(true);
	}

	expect(await begin(recorder).recorded).toBe(true);
	read.push(...pieces);
	const rows = read
		.join('')
		.trimEnd()
		.split('\n')
		.map((line) => JSON.parse(line) as Record<string, unknown>);
	expect(rows.map((row) => [row['id'], row['outcome']])).toEqual(
		begun.map((_one, index) => [index + 1, 'open']),
	);
	expect(recorder.trouble).toBeUndefined();
});

test('one who stops reading lets go of the log', async () => {
	using place = logPlace();
	const recorder = place.record();
	const path = 'x'.repeat(70_000);
	begin(recorder, {...asked, path});
	await begin(recorder, {...asked, path}).recorded;
	using opened = openLogReadonly(place.path);
	const pieces = jsonLines(opened.db, {since: 0});
	pieces.next();
	pieces.return();
	expect(opened.db.prepare('SELECT 1').pluck().get()).toBe(1);
});

test('of a file of an older version the missing names are null, of a newer one the strange are left out', () => {
	using place = logPlace();
	const db = place.connect();
	db.exec(`
		CREATE TABLE exchanges (id INTEGER PRIMARY KEY, revision INTEGER NOT NULL, outcome TEXT, moonPhase TEXT);
		INSERT INTO exchanges VALUES (1, 5, 'ok', 'full'), (2, 4, 'ok', 'new');
	`);
	const rows = exported(place.path);
	expect(rows).toMatchObject([
		{id: 2, revision: 4, inputTokens: null},
		{id: 1, revision: 5, inputTokens: null},
	]);
	expect(rows[0]).not.toHaveProperty('moonPhase');
});
