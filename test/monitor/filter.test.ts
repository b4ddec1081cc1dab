import {describe, expect, test} from 'vitest';
import type {Exchange, Live} from '../../source/exchange/exchange.js';
import {listedEntries} from '../../source/monitor/exchange-list.js';
import {
	filterFields,
	matches,
	parseFilter,
} from '../../source/monitor/filter.js';
import type {RowState} from '../../source/monitor/row-state.js';
import {matchingEntries} from '../../source/monitor/shown-entries.js';
import {sampleModel} from './sample-model.js';
import {endedRow, exchangeRow, liveRow} from './sample-rows.js';

const isIn = (
	text: string,
	exchange: Exchange,
	{state = 'done', live}: {state?: RowState; live?: Live} = {},
): boolean => matches(parseFilter(text), {exchange, live, state});

const limited = endedRow(4290, {
	outcome: 'error',
	askedModel: 'claude-opus-4-8',
	sentModel: 'deepseek/Deepseek-V4-Pro',
	servedModel: 'deepseek-v4-pro-0611',
	alias: 'Deep',
	endpoint: 'kissapi',
	httpStatus: 429,
	errorClass: 'rate_limit',
	key: 'ci-nightly',
	session: '0F3A9c1e-77aa-4b1e-9d8c-3b8f0c2a1d55',
	agentId: 'task-2',
	client: 'Claude-CLI/2.1.4 (external, cli)',
});

describe('a word is found', () => {
	test.each([
		['opus', 'in the model that was asked for'],
		['deepseek/deep', 'in the model that it was sent as'],
		['0611', 'in the model that answered'],
		['OPUS', 'in any case'],
		['dee', 'in the alias'],
		['failed', 'in its state'],
		['fail', 'in a part of it'],
		['kiss', 'in the endpoint'],
		['0f3a', 'at the beginning of its session'],
		['task-2', 'in its agent'],
		['claude-cli', 'in its client'],
		['nightly', 'in its key'],
		['rate', 'in the kind of its error'],
		['429', 'in its status'],
		['4xx', 'in the family of its status'],
		['4290', 'as its id'],
		['opus kiss 429', 'each of several'],
		['  opus   kiss ', 'between any spaces'],
		['-sonnet', 'where another one is not'],
		['opus -sonnet', 'beside one that is left out'],
		['', 'where there is none'],
		['-', 'where it is not whole yet'],
		['model:', 'where its value is not typed yet'],
		['-model:', 'where what is left out is not typed yet'],
	])('%j: %s', (text) => {
		expect(isIn(text, limited, {state: 'failed'})).toBe(true);
	});

	test.each([
		['sonnet', 'no word of it'],
		['opus sonnet', 'only one of the words'],
		['-opus', 'a word that is left out'],
		['opus -kiss', 'a word that is left out beside one that is in it'],
		['77aa', 'the middle of a session'],
		['290', 'a part of an id'],
		['done', 'a state that it is not in'],
		['open', 'an end that it has not'],
	])('not by %j: %s', (text) => {
		expect(isIn(text, limited, {state: 'failed'})).toBe(false);
	});
});

describe('a field restricts', () => {
	test.each([
		['model:opus', true],
		['model:deepseek-v4', true],
		['model:kissapi', false],
		['alias:deep', true],
		['alias:opus', false],
		['state:failed', true],
		['state:error', true],
		['state:held', false],
		['session:0f3a9c1e-77', true],
		['session:77aa', false],
		['key:ci', true],
		['key:deep', false],
		['endpoint:kiss', true],
		['endpoint:deep', false],
		['status:429', true],
		['status:4', true],
		['status:4xx', true],
		['status:29', false],
		['status:rate_limit', true],
		['from:task', true],
		['from:claude-cli', true],
		['from:claude-cli/task-2', true],
		['from:0f3a9c1e', true],
		['from:opus', false],
		['id:4290', true],
		['id:42', true],
		['id:290', false],
		['-model:opus', false],
		['-alias:opus', true],
		['MODEL:Opus', true],
		['model:opus key:ci -from:task-1', true],
	])('%s: %s', (text, expected) => {
		expect(isIn(text, limited, {state: 'failed'})).toBe(expected);
	});

	test.each(filterFields)(
		'%s: finds nothing where nothing is known',
		(field) => {
			const bare = {
				...exchangeRow(7),
				askedModel: null,
				sentModel: null,
				endpoint: null,
				session: null,
				client: null,
			};
			expect(isIn(`${field}:xyz`, bare, {state: 'waiting'})).toBe(false);
		},
	);
});

test('a colon in the name of a model is no field', () => {
	const local = endedRow(1, {askedModel: 'qwen3:8b', sentModel: 'qwen3:8b'});
	expect(isIn('qwen3:8b', local)).toBe(true);
	expect(isIn('qwen3:14b', local)).toBe(false);
	expect(isIn('model:qwen3:8b', local)).toBe(true);
});

test('who asks is found as it is shown, where no agent is named', () => {
	const row = endedRow(1, {agentId: null});
	expect(isIn('from:claude-cli/0f3a9c1e', row)).toBe(true);
	expect(isIn('from:codex/0f3a9c1e', row)).toBe(false);
});

test('names in other scripts are found', () => {
	const row = endedRow(1, {askedModel: '通义千问-コーディング'});
	expect(isIn('千问', row)).toBe(true);
	expect(isIn('coder', row)).toBe(false);
});

test('a request that runs is found by what is known of it so far', () => {
	const row = exchangeRow(5, {state: 'streaming'});
	const live = liveRow(5, {servedModel: 'Claude-Sonnet-4-6-fast'});
	expect(isIn('6-fast', row, {state: 'streaming', live})).toBe(true);
	expect(isIn('model:6-fast', row, {state: 'streaming'})).toBe(false);
	expect(isIn('state:open', row, {state: 'streaming', live})).toBe(true);
});

test('one that is held is found by why, and only as long as it is', () => {
	const row = exchangeRow(5, {state: 'held', holdReason: 'paused'});
	expect(isIn('state:paused', row, {state: 'held'})).toBe(true);
	expect(isIn('paused', row, {state: 'waiting'})).toBe(false);
	const live = liveRow(5, {state: 'held', holdReason: 'reserved'});
	expect(isIn('reserved', row, {state: 'held', live})).toBe(true);
});

test('what is told later of a request is found', () => {
	const before = exchangeRow(6);
	expect(isIn('deep', before, {state: 'waiting'})).toBe(false);
	expect(isIn('deep', {...before, alias: 'deep'}, {state: 'waiting'})).toBe(
		true,
	);
});

/**
Texts of words, halves of words and signs, the same ones each time.
*/
function someFilters(count: number): readonly string[] {
	const parts = [
		'opus',
		'sonnet',
		'claude',
		'done',
		'held',
		'task-1',
		'anthropic',
		'e',
		'4',
		'200',
		'-',
		':',
		' ',
		'  ',
		'state:',
		'-model:',
		'from:',
		'id:3',
		'status:5xx',
		'(',
		'\\',
		'*',
		'🚀',
		'\u{0}',
	];
	let seed = 7;
	const next = (below: number) => {
		seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
		return Math.floor((seed / 2_147_483_648) * below);
	};

	return Array.from({length: count}, () =>
		Array.from({length: 1 + next(6)}, () => parts[next(parts.length)]).join(''),
	);
}

test('what is left is always a part of the list, in its order', () => {
	const entries = listedEntries(sampleModel());
	const sizes = new Set<number>();
	for (const filter of someFilters(500)) {
		const left = matchingEntries({filter, filterInput: undefined}, entries);
		expect(entries.filter((entry) => left.includes(entry))).toEqual(left);
		sizes.add(left.length);
	}

	expect(sizes.size).toBeGreaterThan(5);
});

test('a word and the same word left out share the list between them', () => {
	const entries = listedEntries(sampleModel());
	for (const word of ['opus', 'done', 'task-1', 'state:held', 'e', '341']) {
		const [left, others] = [word, `-${word}`].map((filter) =>
			matchingEntries({filter, filterInput: undefined}, entries),
		);
		expect(left!.length).toBeGreaterThan(0);
		expect(left!.length + others!.length).toBe(entries.length);
	}
});
