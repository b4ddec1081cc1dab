import {describe, expect, test} from 'vitest';
import type {Exchange} from '../../source/exchange/exchange.js';
import {choicesOf} from '../../source/monitor/layout/picker-choices.js';
import {pickerLines} from '../../source/monitor/layout/picker.js';
import {switchLine} from '../../source/monitor/layout/switch-line.js';
import type {Model} from '../../source/monitor/model.js';
import {risksOf} from '../../source/monitor/switch-risks.js';
import {pickerToggled, switchedTo} from '../../source/monitor/switching.js';
import {glyphsFor} from '../../source/monitor/theme.js';
import {lineText} from './frame-text.js';
import {sampleModel} from './sample-model.js';
import {endedRow, sampleNowMs, sampleRow} from './sample-rows.js';
import {sampleSteering, steeredConfig} from './sample-steering.js';

const contexts: Readonly<Record<string, number | undefined>> = {
	main: 1_000_000,
	deep: 200_000,
	fast: 32_000,
};

const config = {
	...steeredConfig,
	aliases: steeredConfig.aliases.map((alias) => ({
		...alias,
		price: alias.price && {
			...alias.price,
			cacheRead: alias.price.input / 10,
			context: contexts[alias.name],
		},
	})),
};

/**
A live conversation with the model that `main` means.
*/
const asked = (
	id: number,
	prompt: number,
	given: Partial<Exchange> & {agoMs?: number} = {},
): Exchange =>
	endedRow(id, {
		agoMs: 20_000 - id,
		alias: 'main',
		endpoint: 'kissapi',
		sentModel: 'glm-5.2',
		servedModel: 'glm-5.2',
		stopReason: 'tool_use',
		inputTokens: prompt,
		cacheReadTokens: 0,
		cacheWrite5mTokens: 0,
		outputTokens: 1000,
		...given,
	});

const working = (...exchanges: readonly Exchange[]): Model =>
	sampleModel({quiet: true}, [
		{
			kind: 'passthrough',
			row: sampleRow({
				config,
				steering: sampleSteering(),
				heartbeatAt: sampleNowMs + 100,
			}),
		},
		{kind: 'news', news: {revision: 9, exchanges, attempts: []}},
	]);

describe('the context of a target', () => {
	test.each<
		readonly [
			string,
			string | null,
			readonly Exchange[],
			ReturnType<typeof risksOf>['context'],
		]
	>([
		[
			'fits what the last prompt and its answer have',
			'deep',
			[asked(1, 99_000)],
			{kind: 'fits', tokens: 100_000, context: 200_000},
		],
		[
			'is tight where little is left for an answer',
			'deep',
			[asked(1, 189_000)],
			{kind: 'tight', tokens: 190_000, context: 200_000},
		],
		[
			'is too small for a longer one',
			'fast',
			[asked(1, 32_000)],
			{kind: 'too long', tokens: 33_000, context: 32_000},
		],
		[
			'is held against the longest of all live sessions',
			'deep',
			[asked(1, 250_000, {session: 'another'}), asked(2, 9000)],
			{kind: 'too long', tokens: 251_000, context: 200_000},
		],
		[
			'says nothing where the catalogue does not know it',
			'local',
			[asked(1, 99_000)],
			undefined,
		],
		['says nothing of models as asked', null, [asked(1, 99_000)], undefined],
		[
			'says nothing where nobody has asked lately',
			'deep',
			[asked(1, 99_000, {agoMs: 300_001})],
			undefined,
		],
	])('%s', (_name, alias, exchanges, expected) => {
		expect(risksOf(working(...exchanges), alias).context).toEqual(expected);
	});
});

describe('signed thinking', () => {
	const claude = {
		endpoint: 'anthropic',
		sentModel: 'claude-sonnet-4-6',
		servedModel: 'claude-sonnet-4-6',
	};
	test.each<readonly [string, string | null, readonly Exchange[], boolean]>([
		['of another vendor may be refused', 'deep', [asked(1, 9000)], true],
		['stays with its vendor', 'deep', [asked(1, 9000, claude)], false],
		['stays with its model', 'main', [asked(1, 9000)], false],
		[
			'of any live session counts',
			'main',
			[asked(1, 9000, {...claude, session: 'another'}), asked(2, 9000)],
			true,
		],
		[
			'may be refused by the model that was asked for',
			null,
			[asked(1, 9000)],
			true,
		],
		[
			'is not there in chat completions',
			'deep',
			[asked(1, 9000, {format: 'openai-chat'})],
			false,
		],
		['of nobody is no risk', 'deep', [], false],
	])('%s', (_name, alias, exchanges, expected) => {
		expect(risksOf(working(...exchanges), alias).isThinkingForeign).toBe(
			expected,
		);
	});
});

const place = (width: number, height = 20) => ({
	width,
	height,
	glyphs: glyphsFor(false),
});

const picker = (
	model: Model,
	picked: string | null,
	width: number,
	height = 20,
): readonly string[] =>
	pickerLines({...pickerToggled(model), picked}, place(width, height)).map(
		(line) => lineText(line).trimEnd(),
	);

describe('the picker', () => {
	const model = working(
		asked(1, 40_000, {session: 'another'}),
		asked(2, 150_000),
	);

	test('marks what does not fit and what may be refused', () => {
		const lines = picker(model, 'main', 100);
		const row = (name: string) =>
			lines.find((line) => line.includes(` ${name} `));
		expect(lines[0]).toMatch(/\$\/M IN\/OUT CACHED +SWITCH FITS$/v);
		expect(row('main')).toMatch(/\$1\.20\/\$6 +\$0\.12 +active 15% of 1\.0M$/v);
		expect(row('deep')).toMatch(
			/\$5\/\$25 +\$0\.50 +≈ \$1\.19 76% of 200k +!$/v,
		);
		expect(row('fast')).toMatch(/too long +!$/v);
		expect(row('local')).toMatch(/190k tok - +!$/v);
		expect(lines).toContain('! signed thinking is from another vendor');
	});

	test('says all of the picked one in sentences, its dangers first', () => {
		expect(picker(model, 'fast', 100).slice(7, 12)).toEqual([
			'Too long: a live prompt has 151k tokens, and 32k fit.',
			'! Signed thinking is from another vendor: the next request may be refused.',
			'Cache to write again for 2 live sessions: 190k ≈ $0.05.',
			'If it fails: anthropic/claude-haiku-4-5.',
			'It steers *sonnet*, *opus*, *fable*.',
		]);
	});

	test.each([40, 60])(
		'keeps the word that it is too long at %d columns',
		(width) => {
			const lines = picker(model, 'fast', width);
			expect(lines.find((line) => line.includes('❯'))).toContain('too long');
			expect(lines.join(' ')).toContain('in/out');
		},
	);

	test('gives up rows for the dangers of the picked one in a low pane', () => {
		const lines = picker(model, 'fast', 60, 6);
		expect(lines).toHaveLength(6);
		expect(lines.find((line) => line.startsWith('❯'))).toContain('fast');
		expect(lines.join('\n')).toContain('Too long:');
	});

	test('reads what an older passthrough says of prices', () => {
		const old = sampleModel({quiet: true}, [
			{
				kind: 'passthrough',
				row: sampleRow({
					config: steeredConfig,
					steering: sampleSteering(),
					heartbeatAt: sampleNowMs + 100,
				}),
			},
		]);
		expect(picker(old, 'main', 100)[0]).not.toMatch(/CACHED|FITS/v);
		expect(choicesOf(old)[0]?.risks.context).toBeUndefined();
	});
});

test.each([
	[
		120,
		'fast',
		'main → fast, cache to rewrite 150k ≈ $0.04: 151k tokens are too long for it, signed thinking may be refused, u undoes',
	],
	[60, 'fast', 'main → fast ≈ $0.04: context too long, u undoes'],
	[40, 'fast', 'main → fast ≈ $0.04: too long, u undoes'],
	[30, 'fast', 'too long, u undoes'],
	[60, 'deep', 'main → deep ≈ $0.94: thinking may fail, u undoes'],
])('a switch says its dangers in %d columns', (width, alias, expected) => {
	const switched = switchedTo(working(asked(1, 150_000)), alias);
	const line = switchLine(switched, {width, glyphs: glyphsFor(false)});
	expect(lineText(line!).trimEnd()).toBe(expected);
});
