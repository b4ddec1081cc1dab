import stringWidth from 'string-width';
import {describe, expect, test} from 'vitest';
import {frameOf} from '../../source/monitor/layout/frame.js';
import type {Model} from '../../source/monitor/model.js';
import {update} from '../../source/monitor/update.js';
import {lineText, measure} from './frame-text.js';
import {sampleModel} from './sample-model.js';
import {endedRow, exchangeRow, sampleNowMs} from './sample-rows.js';

const press = (model: Model, ...pressed: readonly string[]): Model => {
	let now = model;
	for (const key of pressed) {
		now = update(now, {kind: 'pressed', key});
	}

	return now;
};

const kept = (model: Model, text: string): Model =>
	press(model, '/', ...text, 'enter');
const newer = (model: Model): Model =>
	update(model, {
		kind: 'news',
		news: {
			revision: 99,
			exchanges: [400, 401].map((id) =>
				endedRow(id, {agoMs: 0, askedModel: 'claude-opus-4-8'}),
			),
			attempts: [],
		},
	});

const textOf = (model: Model): readonly string[] => {
	const {top, left, right, bottom} = frameOf(model);
	return [
		...top,
		...left.flatMap((block) => (block.kind === 'lines' ? block.lines : [])),
		...(right?.lines ?? []),
		...bottom,
	].map((line) => lineText(line));
};

const titleOf = (model: Model): string | undefined =>
	textOf(model).find((line) =>
		/^[\-─] (?:requests|frozen|\/|[\/a-z]+ [\^v▴▾] )/v.test(line),
	);
const name = (model: Model): string | undefined =>
	/^[\-─] (?<name>.*?) [\-─]+ /v.exec(titleOf(model) ?? '')?.groups?.['name'];

const at = (columns: number, ascii = false): Model =>
	sampleModel({columns, rows: 30, ascii});
const sizes = [30, 40, 60, 100, 200] as const;

describe('the title of the list says', () => {
	test.each([
		[30, '/opus'],
		[40, '/opus  14 of 68'],
		[60, 'requests /opus  14 of 68'],
		[100, 'requests /opus  14 of 68'],
		[200, 'requests /opus  14 of 68'],
	])('at %i columns what it is filtered by', (columns, expected) => {
		expect(name(kept(at(columns), 'opus'))).toBe(expected);
	});

	test.each([
		[40, 'requests  by cost ▾', '▴'],
		[60, 'requests  by cost ▾', '▴'],
		[100, 'requests  by cost ▾', '▴'],
		[200, 'requests  by cost ▾', '▴'],
	])('at %i columns how it is sorted', (columns, expected, reversed) => {
		const sorted = press(at(columns), ...'sssss');
		expect(name(sorted)).toBe(expected);
		expect(titleOf(press(sorted, 'S'))).toContain(reversed);
	});

	test('nothing of the usual order, but that it is turned round', () => {
		expect(name(at(60))).toBe('requests');
		expect(name(press(at(60), 'S'))).toBe('requests  by state ▴');
	});

	test.each([
		[30, 'frozen'],
		[40, 'frozen, 2 newer'],
		[60, 'frozen, 2 newer  f follows'],
		[100, 'frozen, 2 newer  f follows'],
		[200, 'frozen, 2 newer  f follows'],
	])('at %i columns that it stands still', (columns, expected) => {
		expect(name(newer(press(at(columns), 'f')))).toBe(expected);
	});

	test('nothing of what is newer where nothing is, or does not match', () => {
		expect(name(press(at(100), 'f'))).toBe('frozen  f follows');
		expect(name(newer(press(kept(at(100), 'task-1'), 'f')))).toBe(
			'frozen /task-1  21 of 68  f follows',
		);
	});

	test('all of it at once where there is room', () => {
		expect(name(newer(press(kept(at(200), 'opus'), ...'sssssf')))).toBe(
			'frozen, 2 newer /opus  14 of 68  by cost ▾  f follows',
		);
	});

	test('it in ASCII', () => {
		expect(name(press(at(60, true), ...'sssss'))).toBe('requests  by cost v');
		expect(name(press(at(60, true), ...'sssssS'))).toBe('requests  by cost ^');
	});
});

test.each(['state', 'time', 'model', 'in', 'out', 'cost', 'ttft', 'rate'])(
	'the heading of the sorted column stands out: %s',
	(by) => {
		const model: Model = {
			...at(100),
			sort: {by: by as Model['sort']['by'], isReversed: true},
		};
		const heading = frameOf(model)
			.left.flatMap((block) => (block.kind === 'lines' ? block.lines : []))
			.find((line) => lineText(line).startsWith('  STATE'))!;
		const bold = heading.filter(([, tone]) => tone === 'bold');
		expect(bold).toHaveLength(1);
		expect(bold[0]![0].trim().replace(/[▴▾]$/v, '')).toBe(
			by === 'rate' ? 'T/S' : by.toUpperCase(),
		);
		const usual = frameOf(at(100))
			.left.flatMap((block) => (block.kind === 'lines' ? block.lines : []))
			.find((line) => lineText(line).startsWith('  STATE'))!;
		expect(stringWidth(lineText(heading))).toBe(stringWidth(lineText(usual)));
	},
);

describe('while a filter is typed', () => {
	test.each(sizes)('it stands in the place of a banner at %i', (columns) => {
		const model = press(at(columns), '/', ...'opus');
		expect(textOf(model)[1]?.trimEnd()).toBe(' /opus_');
		expect(textOf(model).at(-1)).toMatch(/^enter keeps /v);
		expect(textOf(model).at(-1)).toMatch(/esc back$/v);
	});

	test.each([
		[30, ' /_  words, -word, state:held'],
		[
			200,
			' /_  words of model, alias, state, client; -word leaves out; state:held  key:ci  status:429',
		],
	])('and nothing is yet, it says what can be, at %i', (columns, expected) => {
		expect(textOf(press(at(columns), '/'))[1]?.trimEnd()).toBe(expected);
	});

	test('the end of a long one is seen', () => {
		const model = press(at(40), '/', ...'sonnet '.repeat(9), ...'last');
		expect(textOf(model)[1]).toMatch(/^ ….*sonnet last_ *$/v);
	});
});

describe('where nothing matches', () => {
	test.each([
		[30, 'nothing matches; esc clears'],
		[40, 'nothing matches "xyz"; esc clears'],
		[60, 'nothing matches "xyz"; esc clears'],
		[200, 'nothing matches "xyz"; esc clears'],
	])('the list says so at %i columns', (columns, expected) => {
		expect(textOf(kept(at(columns), 'xyz'))).toContain(expected);
	});

	test('it names no way out that another key takes while it is typed', () => {
		expect(textOf(press(at(60), '/', ...'xyz'))).toContain(
			'nothing matches "xyz"',
		);
	});

	test('of what stood still, it says how to go on', () => {
		const model: Model = {...at(60), frozen: {all: [1], shown: [1]}};
		expect(textOf(model)).toContain('nothing is left of it; f follows');
	});
});

test('a queue is counted with those that the filter hides', () => {
	const queued = (id: number) =>
		exchangeRow(id, {
			state: 'queued',
			holdReason: 'queue',
			startedAt: sampleNowMs - 700_000 + id * 1000,
			sentModel: id === 601 ? 'mine' : 'other',
		});
	const held = update(sampleModel({columns: 100, rows: 20, quiet: true}), {
		kind: 'attached',
		news: {revision: 1, exchanges: [queued(600), queued(601)], attempts: []},
	});
	const rows = textOf(kept(held, 'mine')).filter((line) =>
		line.includes('‖ held'),
	);
	expect(rows).toHaveLength(1);
	expect(rows[0]).toContain('2nd of 2');
});

const wide = '通义千问-コーディング版-🚀-\u{200D}👩‍👩‍👧-長い名前';
const lists: Readonly<Record<string, Model>> = {
	'typed in': press(sampleModel(), '/', ...'state:done -opus'),
	filtered: press(kept(sampleModel(), 'opus'), 'j', 'j', 'G'),
	'filtered by a wide name': kept(sampleModel(), wide),
	'where a wide name is typed': press(sampleModel(), '/', ...wide.repeat(3)),
	'filtered in ASCII': kept(sampleModel({ascii: true}), wide),
	'frozen, filtered and sorted': newer(
		press(kept(sampleModel(), 'opus'), ...'sssssf', 'j', 'j'),
	),
	sorted: press(sampleModel(), ...'sssS', 'j', 'G'),
};

test.each(Object.entries(lists))(
	'a list %s never takes more than the pane has',
	(_name, model) => {
		for (let columns = 10; columns <= 220; columns += columns < 70 ? 3 : 25) {
			for (const rows of [1, 2, 3, 5, 8, 9, 12, 20, 31, 50]) {
				const size = measure(frameOf({...model, columns, rows}));
				expect(size.rows, `${columns}x${rows}`).toBeLessThanOrEqual(rows);
				expect(size.columns, `${columns}x${rows}`).toBeLessThanOrEqual(columns);
			}
		}
	},
);

test('the marked row is drawn wherever it stands in the order', () => {
	for (const end of ['g', 'G']) {
		const model = press(kept(at(60), 'opus'), ...'sss', end);
		const marked = textOf(model).filter((line) => line[1] === '❯');
		expect(marked).toHaveLength(1);
	}
});
