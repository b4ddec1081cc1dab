import {describe, expect, test} from 'vitest';
import {frameOf} from '../../source/monitor/layout/frame.js';
import {cutWords} from '../../source/monitor/layout/fit-text.js';
import type {Model} from '../../source/monitor/model.js';
import {update} from '../../source/monitor/update.js';
import {screenText} from './frame-text.js';
import {sampleDay} from './sample-day.js';
import {sampleNowMs, sampleRow} from './sample-rows.js';
import {
	active,
	change,
	sampleSteering,
	steeredConfig,
	steeredModel,
	steerings,
	steers,
} from './sample-steering.js';

const busy = (): Model =>
	steeredModel({}, [...sampleDay, steers(steerings.explained)]);

const pressed = (model: Model, ...keys: readonly string[]): Model => {
	let now = model;
	for (const key of keys) {
		now = update(now, {kind: 'pressed', key});
	}

	return now;
};

const at = (model: Model, columns: number, rows: number): readonly string[] =>
	screenText(frameOf(update(model, {kind: 'resized', columns, rows}))).map(
		(line) => line.trimEnd(),
	);

describe('what lies over the list in a very low pane', () => {
	test.each([
		['a', 60, 1, /^❯ 1 main +glm-5\.2/v],
		['a', 40, 2, /^❯ 1 main +glm-5\.2/v],
		['a', 20, 3, /^❯ 1 main/v],
		['a', 30, 5, /^❯ 1 main +glm-5\.2/v],
		['o', 40, 1, /^▶ 0f3a9c1e .*\$5\.10/v],
		['o', 20, 3, /^▶ 0f3a9c1e +\$5\.10/v],
		['d', 40, 1, /^≥\$8\.50 {2}279 req/v],
		['d', 20, 3, /^≥\$8\.50/v],
		['?', 40, 1, /^\? +this help/v],
		['enter', 40, 1, /^state +▶ streaming/v],
	])('%s at %d x %d tells what it is for', (key, columns, rows, expected) => {
		expect(at(pressed(busy(), key), columns, rows)).toContainEqual(
			expect.stringMatching(expected),
		);
	});

	test('goes from one alias to the next, and back to the one line', () => {
		const open = update(busy(), {kind: 'resized', columns: 60, rows: 1});
		expect(at(pressed(open, 'a', 'j'), 60, 1)[0]).toMatch(/^❯ 2 deep/v);
		expect(at(pressed(open, 'a', 'esc'), 60, 1)[0]).toMatch(/^● LIVE/v);
	});
});

describe('a pane without a footer', () => {
	test.each([
		[60, 1],
		[40, 2],
	])('says at %d x %d why a key cannot act', (columns, rows) => {
		const lines = at(pressed(busy(), 'x'), columns, rows);
		expect(lines.at(-1)).toBe('Select a request first.');
	});

	test('says what was switched to, and how to go back', () => {
		expect(at(pressed(busy(), '2'), 40, 1)).toEqual([
			'main → deep: thinking may fail, u undoes',
		]);
		const [line] = at(
			update(pressed(busy(), '2'), {kind: 'tick', nowMs: sampleNowMs + 30_000}),
			60,
			1,
		);
		expect(line).toContain('→ deep…');
	});
});

describe('the footer of a narrow pane', () => {
	test.each([
		['esc clears', ['/', 's', 'o', 'n', 'enter']],
		['f follow', ['f']],
	])('keeps "%s" while that is the way out', (hint, keys) => {
		for (const columns of [30, 40, 60]) {
			const last = at(pressed(busy(), ...keys), columns, 8).at(-1)!;
			expect(last).toContain(hint);
			expect(last).toMatch(/^\? help .* q quit$/v);
		}

		expect(at(pressed(busy(), ...keys), 40, 8).at(-1)).toContain('p pause');
	});

	test('cuts no hint', () => {
		expect(at(busy(), 12, 4).at(-1)).toBe('q quit');
		expect(at(pressed(busy(), '/', 's'), 20, 3).at(-1)).toBe('esc back');
	});
});

describe('the first line', () => {
	const headed = (alias: string, target: string) =>
		steeredModel({}, [
			{
				kind: 'passthrough',
				row: sampleRow({
					heartbeatAt: sampleNowMs,
					config: {
						...steeredConfig,
						aliases: [{name: alias, targets: [`anthropic/${target}`]}],
					},
					steering: sampleSteering({active: change(active(alias))}),
				}),
			},
		]);

	test.each([
		[60, '● LIVE  coding-default → claude-sonnet-4-6   :4141  14:32:07'],
		[41, '● LIVE  coding-default → sonnet-4-6 14:32'],
		[40, '● LIVE  coding-default→sonnet-4-6  14:32'],
		[30, '● LIVE  coding-default→sonne…'],
		[22, '● LIVE  coding-default'],
	])('in %d columns names the model that answers', (columns, expected) => {
		const [line] = at(
			headed('coding-default', 'claude-sonnet-4-6'),
			columns,
			20,
		);
		expect(line).toBe(expected);
	});
});

test('the help says whole what a key does, on several lines where it must', () => {
	for (const columns of [24, 30, 38]) {
		const text = at(pressed(busy(), '?'), columns, 90).join('\n');
		expect(text).not.toContain('…');
		expect(text.replaceAll(/\s+/gv, ' ')).toContain('pick the active alias');
	}
});

test('a sorted list says so where there is no room for its name too', () => {
	expect(at(pressed(busy(), 's', 's'), 30, 8)[2]).toBe(
		'─ by model ▴ ── ▶ 2  ↻ 2  ‖ 2',
	);
});

test('the day and the bar agree on how much of the cap is gone', () => {
	const lines = at(pressed(busy(), 'd'), 60, 30);
	expect(lines[1]).toContain(' 84% ');
	expect(lines).toContainEqual(
		expect.stringMatching(/^cap \$16\.90 of \$20, 84% /v),
	);
});

test('a very wide pane has all columns of the models, and of a list what was asked for and the tries', () => {
	const text = at(busy(), 200, 50).join('\n');
	expect(text).toMatch(/ IN +OUT +CACHED +WRITTEN/v);
	expect(text).toContain('claude-sonnet-4-6 → glm-5.2');
	expect(text).toContain('TRIES');
});

test.each([
	['NO NEWS for 13s - figures below are old', 28, 'NO NEWS for 13s - figures…'],
	['PASSTHROUGH DOWN - restarting', 28, 'PASSTHROUGH DOWN…'],
	['Agents try again', 40, 'Agents try again'],
	['a-very-long-word-alone', 10, 'a-very-lo…'],
	['one a-very-long-word', 12, 'one a-very-…'],
])('"%s" is cut between words in %d cells', (text, width, expected) => {
	expect(cutWords(text, width, '…')).toBe(expected);
});
