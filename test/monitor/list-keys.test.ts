import {describe, expect, test} from 'vitest';
import type {Key} from 'ink';
import type {Exchange} from '../../source/exchange/exchange.js';
import type {Model} from '../../source/monitor/model.js';
import {pastedPresses, pressesOf} from '../../source/monitor/press-name.js';
import {shownEntries} from '../../source/monitor/shown-entries.js';
import {update} from '../../source/monitor/update.js';
import {sampleModel} from './sample-model.js';
import {endedRow, exchangeRow} from './sample-rows.js';
import {cappedLive, steeredModel, steerings} from './sample-steering.js';

const press = (model: Model, ...pressed: readonly string[]): Model => {
	let now = model;
	for (const key of pressed) {
		now = update(now, {kind: 'pressed', key});
	}

	return now;
};

const typed = (model: Model, text: string): Model => press(model, '/', ...text);
const kept = (text: string): Model =>
	press(typed(sampleModel(), text), 'enter');
const news = (model: Model, ...exchanges: readonly Exchange[]): Model =>
	update(model, {
		kind: 'news',
		news: {revision: 99, exchanges, attempts: []},
	});
const ids = (model: Model): readonly number[] =>
	shownEntries(model).map(({exchange}) => exchange.id);
const all = ids(sampleModel());
const opus = [349, 347, 338, 333, 328, 323, 318];

describe('a filter', () => {
	test('is followed by the list as it is typed', () => {
		const model = typed(sampleModel(), 'opus');
		expect(model).toMatchObject({filterInput: 'opus', filter: ''});
		expect(ids(model).slice(0, 7)).toEqual(opus);
		expect(ids(press(model, ' ', '3', '3', '3'))).toEqual([333]);
	});

	test('is kept by enter, without spaces too many', () => {
		expect(kept('  opus   done ')).toMatchObject({
			filterInput: undefined,
			filter: 'opus done',
		});
	});

	test('goes back to what it was by esc', () => {
		const model = press(kept('opus'), '/', ...' done', 'esc');
		expect(model).toMatchObject({filterInput: undefined, filter: 'opus'});
		expect(ids(model).slice(0, 7)).toEqual(opus);
	});

	test('that is in use is typed on', () => {
		expect(press(kept('opus'), '/').filterInput).toBe('opus');
	});

	test.each([
		[['backspace'], 'opus don'],
		[['ctrl-w'], 'opus '],
		[['ctrl-w', 'ctrl-w'], ''],
		[['ctrl-u'], ''],
		[['ctrl-u', 'backspace', 'backspace'], ''],
		[['up', 'pgdn', 'tab', 'ctrl-d'], 'opus done'],
		[['🚀', 'backspace'], 'opus done'],
		[['模'], 'opus done模'],
		[['\u{7}'], 'opus done'],
	])('is changed by %j', (pressed, expected) => {
		const model = press(typed(sampleModel(), 'opus done'), ...pressed);
		expect(model.filterInput).toBe(expected);
	});

	test('takes every other key while it is typed', () => {
		const before = steeredModel();
		const model = typed(before, 'q?p aQ1+ fsSjGx');
		expect(model.filterInput).toBe('q?p aQ1+ fsSjGx');
		expect({...model, filterInput: undefined}).toEqual(before);
	});

	test('lets ctrl-c leave while it is typed', () => {
		expect(press(typed(sampleModel(), 'opus'), 'ctrl-c').leaving).toBe('quit');
	});

	test('is no longer than somebody would type', () => {
		expect(typed(sampleModel(), 'x'.repeat(300)).filterInput).toHaveLength(120);
	});

	test('answers no question at a cap', () => {
		const asked = steeredModel({}, [], {
			steering: steerings.reached,
			live: cappedLive,
		});
		expect(asked.capAskedAtMs).toBeDefined();
		const later = update(asked, {kind: 'tick', nowMs: asked.nowMs + 1000});
		expect(typed(later, 'n1')).toMatchObject({filterInput: 'n1', answers: []});
	});

	test('says why where nothing can be filtered', () => {
		const model = press(sampleModel({quiet: true}), '/');
		expect(model.filterInput).toBeUndefined();
		expect(model.remark?.text).toBe('Nothing to filter yet.');
	});

	test('is typed where the list can be seen', () => {
		expect(press(sampleModel(), '?', '/')).toMatchObject({
			overlay: 'none',
			filterInput: '',
		});
	});
});

describe('in a filtered list', () => {
	test.each([
		[['j'], 349],
		[['j', 'j'], 347],
		[['j', 'j', 'j'], 338],
		[['j', 'k'], 349],
		[['j', 'k', 'k'], 349],
		[['G', 'g'], 349],
		[['G', 'j', 'j'], 283],
		[['G', 'k'], 288],
		[['enter'], 349],
	])('%j selects request %i', (pressed, id) => {
		expect(press(kept('opus'), ...pressed).selected).toBe(id);
	});

	test('a mark on what does not match is taken away', () => {
		const marked = press(sampleModel(), 'j', 'j');
		expect(marked.selected).toBe(348);
		const model = typed(marked, 'opus');
		expect(press(model, 'esc').selected).toBe(348);
		expect(press(model, 'enter').selected).toBeUndefined();
	});

	test('a mark on what does match stays', () => {
		const marked = press(sampleModel(), 'j', 'j', 'j');
		expect(press(typed(marked, 'opus'), 'enter').selected).toBe(347);
	});

	test('a mark goes with what matches no more, but not while its detail is read', () => {
		const marked = press(kept('state:streaming'), 'j');
		expect(marked.selected).toBe(348);
		const ended = endedRow(348, {agoMs: 0});
		expect(news(marked, ended).selected).toBeUndefined();
		const read = news(press(marked, 'enter'), ended);
		expect(read).toMatchObject({selected: 348, overlay: 'detail'});
		expect(press(read, 'esc').selected).toBeUndefined();
	});

	test('without a match, keys that move say why', () => {
		const model = press(kept('xyz'), 'j');
		expect(model.selected).toBeUndefined();
		expect(model.remark?.text).toBe('Nothing matches; esc clears the filter.');
	});

	test('esc closes, then lists all, then takes the mark away', () => {
		const model = press(kept('opus'), 'j', 'j', 'enter');
		const steps = [1, 2, 3].map((count) =>
			press(model, ...Array.from({length: count}, () => 'esc')),
		);
		expect(steps).toMatchObject([
			{overlay: 'none', filter: 'opus', selected: 347},
			{filter: '', selected: 347},
			{filter: '', selected: undefined},
		]);
	});
});

describe('f', () => {
	const frozen = press(sampleModel(), 'f');
	const later = news(frozen, endedRow(400), exchangeRow(401));

	test('lets the list stand still, while the rows go on', () => {
		expect(ids(later)).toEqual(all);
		const ended = news(later, endedRow(348, {agoMs: 0}));
		expect(ids(ended)).toEqual(all);
		expect(
			shownEntries(ended).find(({exchange}) => exchange.id === 348)?.state,
		).toBe('done');
	});

	test('follows again', () => {
		const model = press(later, 'j', 'j', 'f');
		expect(model).toMatchObject({selected: undefined, frozen: undefined});
		expect(ids(model)).toContain(401);
	});

	test('drops the mark first, where there is one', () => {
		expect(press(sampleModel(), 'j', 'f')).toMatchObject({
			selected: undefined,
			frozen: undefined,
		});
	});

	test('is undone by esc', () => {
		expect(press(later, 'j', 'esc')).toMatchObject({
			selected: undefined,
			frozen: undefined,
		});
	});

	test.each([
		[['j', 'j'], 348],
		[['G', 'j'], 282],
		[['G', 'g'], 349],
	])('lets %j move in what stands still', (pressed, id) => {
		expect(press(later, ...pressed).selected).toBe(id);
	});

	test('keeps to what there was when the filter changes', () => {
		const filtered = press(later, '/', ...'opus', 'enter');
		expect(ids(filtered)).not.toContain(401);
		expect(ids(filtered).length).toBeLessThan(all.length);
		expect(ids(press(filtered, 'esc'))).toEqual(all);
	});

	test('keeps a row whose state matches no more', () => {
		const model = press(kept('state:streaming'), 'f', 'j');
		const ended = news(model, endedRow(348, {agoMs: 0}));
		expect(ids(ended)).toEqual([348]);
		expect(ended.selected).toBe(348);
	});

	test('keeps to what there was when it is sorted anew', () => {
		const sorted = press(later, 's', 'S');
		expect(new Set(ids(sorted))).toEqual(new Set(all));
		expect(ids(sorted)).not.toEqual(all);
	});

	test('forgets what is gone', () => {
		const old = news(
			later,
			...Array.from({length: 700}, (_, index) => endedRow(1000 + index)),
		);
		const left = ids(old);
		expect(left.length).toBeGreaterThan(0);
		expect(left.every((id) => all.includes(id) && old.exchanges.has(id))).toBe(
			true,
		);
		expect(left.length).toBeLessThan(all.length);
	});

	test('is over when another log is read', () => {
		const model = update(later, {
			kind: 'attached',
			news: {revision: 1, exchanges: [endedRow(3)], attempts: []},
		});
		expect(ids(model)).toEqual([3]);
	});

	test('says why where there is nothing to freeze, or nothing to see of it', () => {
		const empty = press(sampleModel({quiet: true}), 'f');
		expect(empty.remark?.text).toBe('Nothing to freeze yet.');
		const covered = press(sampleModel(), '?', 'f');
		expect(covered.frozen).toBeUndefined();
		expect(covered.remark?.text).toBe(
			'The list is covered; esc goes back to it.',
		);
	});
});

describe('s', () => {
	test('sorts by the next column, and S turns it round', () => {
		expect(press(sampleModel(), 's').sort).toEqual({
			by: 'time',
			isReversed: false,
		});
		expect(press(sampleModel(), 's', 's', 'S').sort).toEqual({
			by: 'model',
			isReversed: true,
		});
	});

	test('changes what the keys that move go through', () => {
		const model = press(sampleModel(), ...'sssss', 'j');
		expect(model.sort.by).toBe('cost');
		expect(model.selected).toBe(ids(model)[0]);
		expect(press(model, 'G').selected).toBe(ids(model).at(-1));
	});

	test('leaves the mark where it is', () => {
		expect(press(sampleModel(), 'j', 'j', 's', 'S').selected).toBe(348);
	});

	test.each(['s', 'S'])('says why it cannot: %s', (key) => {
		expect(press(sampleModel({quiet: true}), key).remark?.text).toBe(
			'Nothing to sort yet.',
		);
		const covered = press(sampleModel(), '?', key);
		expect(covered.sort).toEqual(sampleModel().sort);
		expect(covered.remark?.text).toContain('covered');
	});
});

test('what is typed fast is taken whole, and what is pasted on one line', () => {
	const typing = {...sampleModel(), filterInput: ''};
	expect(pressesOf('opus', {} as Key, typing)).toEqual([...'opus']);
	expect(pastedPresses('\n  qwen3:8b x\nrm -rf', typing)).toEqual([
		...'qwen3:8b x',
	]);
	expect(pastedPresses('opus', sampleModel())).toEqual([]);
	expect(pastedPresses('\n', typing)).toEqual([]);
});
