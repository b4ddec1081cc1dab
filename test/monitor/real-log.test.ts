import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {LogFollower} from '../../source/monitor/log-follower.js';
import {listedEntries} from '../../source/monitor/exchange-list.js';
import {reasonTexts} from '../../source/monitor/layout/reason.js';
import {frameOf} from '../../source/monitor/layout/frame.js';
import {startModel} from '../../source/monitor/model.js';
import {createStore} from '../../source/monitor/store.js';
import {Recorder} from '../../source/usage-log/recorder.js';
import {openLogReader} from '../../source/usage-log/reader.js';
import {lineText} from './frame-text.js';
import {joined} from './sample-model.js';
import {sampleRow} from './sample-rows.js';

let folder: string;
let recorder: Recorder;

beforeEach(() => {
	folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tollgate-follow-'));
	recorder = new Recorder({
		path: path.join(folder, 'usage.db'),
		owner: 'one',
		now: Date.now,
	});
});

afterEach(() => {
	recorder.close();
	fs.rmSync(folder, {recursive: true});
});

const written = async (write: (done: () => void) => void) =>
	new Promise<void>((resolve) => {
		write(resolve);
	});

test('an exchange written by a recorder is seen to begin, to stream and to end', async () => {
	const now = Date.now();
	const store = createStore(
		startModel({
			nowMs: now,
			columns: 60,
			rows: 20,
			ascii: false,
			readOnly: false,
			notices: [],
		}),
	);
	store.send({kind: 'supervisor', state: joined, nowMs: now});
	const follower = new LogFollower(
		{
			openReader: () => openLogReader(path.join(folder, 'usage.db')),
			passthroughs: () => [sampleRow({heartbeatAt: now})],
			now: () => now,
		},
		store,
	);
	const state = () => {
		follower.poll();
		return listedEntries(store.model()).map((entry) => entry.state);
	};

	let recording: ReturnType<Recorder['begin']> | undefined;
	await written((done) => {
		recording = recorder.begin(
			{
				startedAt: now - 2000,
				attemptStartedAt: now - 2000,
				state: 'waiting',
				format: 'anthropic-messages',
				path: '/v1/messages',
				stream: true,
				askedModel: 'claude-sonnet-4-6',
				sentModel: 'claude-sonnet-4-6',
				endpoint: 'anthropic',
				attempts: 1,
			},
			done,
		);
	});
	follower.second();
	expect(state()).toEqual(['waiting']);

	recorder.progress([
		[
			recording!,
			{
				state: 'streaming',
				holdReason: null,
				heldSince: null,
				heldUntil: null,
				silentUntil: null,
				firstByteAt: now - 1500,
				firstTokenAt: now - 1000,
				lastByteAt: now,
				responseBytes: 900,
				inputTokens: 900,
				cacheReadTokens: null,
				cacheWrite5mTokens: null,
				cacheWrite1hTokens: null,
				estimatedOutputTokens: 60,
				attempts: 1,
				servedModel: 'claude-sonnet-4-6',
			},
		],
	]);
	expect(state()).toEqual(['streaming']);

	await written((done) => {
		recorder.finish(
			recording!,
			{
				outcome: 'error',
				endedAt: now,
				httpStatus: 429,
				errorClass: 'rate_limit',
				usageStatus: 'none',
				attempts: 1,
			},
			done,
		);
	});
	expect(state()).toEqual(['failed']);
	expect(store.model().live.size).toBe(0);

	follower.second();
	const frame = frameOf(store.model());
	const text = [
		...frame.top,
		...frame.left.flatMap((block) =>
			block.kind === 'lines' ? block.lines : [],
		),
	]
		.map((line) => lineText(line))
		.join('\n');
	expect(text).toMatch(/429 .*1m 100%/v);
	expect(text).toMatch(/today .* 1 req .*1 × 429/v);
	expect(text).toContain('429 rate limit');
	follower.close();
});

test('what a try came to is seen while the next one waits', async () => {
	const now = Date.now();
	const store = createStore(
		startModel({
			nowMs: now,
			columns: 60,
			rows: 20,
			ascii: false,
			readOnly: false,
			notices: [],
		}),
	);
	store.send({kind: 'supervisor', state: joined, nowMs: now});
	const follower = new LogFollower(
		{
			openReader: () => openLogReader(path.join(folder, 'usage.db')),
			passthroughs: () => [sampleRow({heartbeatAt: now})],
			now: () => now,
		},
		store,
	);
	let recording: ReturnType<Recorder['begin']> | undefined;
	await written((done) => {
		recording = recorder.begin(
			{
				startedAt: now - 2000,
				attemptStartedAt: now - 2000,
				state: 'waiting',
				format: 'anthropic-messages',
				path: '/v1/messages',
				askedModel: 'claude-sonnet-4-6',
				sentModel: 'claude-sonnet-4-6',
				endpoint: 'anthropic',
				attempts: 1,
			},
			done,
		);
	});
	follower.second();
	await written((done) => {
		recorder.move(
			recording!,
			{
				ended: {outcome: 'error', httpStatus: 429, endedAt: now},
				held: {state: 'held', holdReason: 'backoff'},
			},
			done,
		);
	});
	follower.poll();
	const model = store.model();
	const [entry] = listedEntries(model);
	expect(entry?.state).toBe('retrying');
	expect(reasonTexts(entry!, {nowMs: now, attempts: model.attempts})[0]).toBe(
		'429, try 2',
	);
	follower.close();
});
