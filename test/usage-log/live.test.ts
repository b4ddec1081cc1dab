import {expect, test} from 'vitest';
import {markLost} from '../../source/usage-log/lost.js';
import {
	asked,
	begin,
	ended,
	finish,
	logPlace,
	streaming as progress,
} from '../helpers/log.js';

test('progress stands beside the log: seen by all, no revision, gone at the end', async () => {
	using place = logPlace();
	const recorder = place.record();
	const reader = place.read();
	const {recording, recorded} = begin(recorder);
	await recorded;
	const {revision} = reader.since(0);
	recorder.progress([[recording, progress]]);
	recorder.progress([[recording, {...progress, responseBytes: 2000}]]);
	expect(reader.live()).toEqual([
		{...progress, id: 1, owner: 'ours', responseBytes: 2000},
	]);
	expect(reader.since(revision).exchanges).toEqual([]);
	expect(reader.totals(0)).toEqual([]);

	await finish(recorder, recording);
	expect(reader.live()).toEqual([]);
	expect(reader.since(revision).exchanges).toMatchObject([
		{inputTokens: 12, outputTokens: 34},
	]);
});

test('progress that comes after the end leaves nothing behind', async () => {
	using place = logPlace();
	const recorder = place.record();
	const {recording, recorded} = begin(recorder);
	await recorded;
	await finish(recorder, recording);
	recorder.progress([[recording, progress]]);
	expect(place.read().live()).toEqual([]);
});

test('progress of many is one transaction, and what else there is to say comes with it', async () => {
	using place = logPlace();
	const recorder = place.record();
	const begun = [begin(recorder), begin(recorder), begin(recorder)];
	await begun[2]!.recorded;
	const reader = place.read();
	const seen: number[] = [];
	recorder.progress(
		begun.map(({recording}) => [recording, progress] as const),
		(db) => {
			db.exec('CREATE TABLE said (x)');
			seen.push(reader.live().length);
		},
	);
	expect(seen).toEqual([0]);
	expect(reader.live()).toHaveLength(3);
});

test('what a dead writer left open is lost, with what its progress had shown', async () => {
	using place = logPlace();
	const dead = place.record({owner: 'dead'});
	const seen = begin(dead);
	const unseen = begin(dead);
	const unmeasured = begin(dead, {...asked, format: null});
	const over = begin(dead);
	await over.recorded;
	await finish(dead, over.recording);
	dead.progress([[seen.recording, progress]]);
	const ours = begin(place.record());
	await ours.recorded;
	const reader = place.read();
	const {revision} = reader.since(0);

	const db = place.connect();
	expect(db.transaction(() => markLost(db, 'dead')).immediate()).toBe(3);
	const {exchanges} = reader.since(revision);
	expect(exchanges).toMatchObject([
		{
			id: seen.recording.id,
			outcome: 'lost',
			state: null,
			endedAt: 1300,
			firstByteAt: 1100,
			servedModel: 'm1',
			inputTokens: 12,
			outputTokens: null,
			usageStatus: 'partial',
			owner: 'dead',
		},
		{
			id: unseen.recording.id,
			outcome: 'lost',
			endedAt: 1000,
			inputTokens: null,
			usageStatus: 'missing',
		},
		{id: unmeasured.recording.id, outcome: 'lost', usageStatus: 'none'},
	]);
	expect(new Set(exchanges.map((row) => row.revision)).size).toBe(3);
	expect(reader.live()).toEqual([]);
	expect(
		reader.attach({limit: 0, attemptsSinceMs: 0}).exchanges.map(({id}) => id),
	).toEqual([ours.recording.id]);
	expect(db.transaction(() => markLost(db, 'dead')).immediate()).toBe(0);
});

test('the open ones of a writer are found however far the log has grown since its last heartbeat', async () => {
	using place = logPlace();
	const recorder = place.record({owner: 'dead'});
	const first = begin(recorder);
	await first.recorded;
	recorder.progress([]);
	await finish(recorder, first.recording);
	const long = begin(recorder);
	await long.recorded;
	recorder.progress([]);
	for (let number = 0; number < 10; number++) {
		const {recording} = begin(recorder);
		await finish(recorder, recording);
		recorder.progress([]);
	}

	const late = begin(recorder);
	await late.recorded;
	const db = place.connect();
	expect(db.transaction(() => markLost(db, 'dead')).immediate()).toBe(2);
	expect(
		place
			.read()
			.since(0)
			.exchanges.filter(({outcome}) => outcome === 'lost')
			.map(({id}) => id),
	).toEqual([long.recording.id, late.recording.id]);
});

test('one that leaves with nothing open leaves no trace; one that leaves some open can be buried', async () => {
	using place = logPlace();
	const tidy = place.record({owner: 'tidy'});
	const {recording} = begin(tidy);
	await finish(tidy, recording, ended);
	tidy.close();
	const hasty = place.record({owner: 'hasty'});
	await begin(hasty).recorded;
	hasty.close();
	expect(
		place.connect().prepare('SELECT owner FROM writers').pluck().all(),
	).toEqual(['hasty']);
});
