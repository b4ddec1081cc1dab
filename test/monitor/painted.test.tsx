import {stripVTControlCharacters} from 'node:util';
import {renderToString} from 'ink';
import {expect, test} from 'vitest';
import {Screen} from '../../source/monitor/components/screen.js';
import {frameOf} from '../../source/monitor/layout/frame.js';
import {painted} from '../../source/monitor/painted.js';
import {paletteFor} from '../../source/monitor/theme.js';
import {sampleModel} from './sample-model.js';

const trimmed = (text: string): readonly string[] =>
	stripVTControlCharacters(text)
		.split(/\r?\n/v)
		.map((line) => line.trimEnd());

test.each([
	[60, 1],
	[30, 8],
	[100, 8],
	[40, 20],
	[60, 30],
	[100, 40],
	[200, 50],
])(
	'what is painted before Ink is there is what Ink draws, at %ix%i',
	(columns, rows) => {
		const frame = frameOf(sampleModel({columns, rows}));
		const drawn = renderToString(<Screen frame={frame} />, {columns});
		expect(trimmed(painted(frame, paletteFor({})))).toEqual(trimmed(drawn));
	},
);

const base = new Set(['0', '1', '2', '7', '31', '32', '33', '35', '36']);

test('tones are told by codes of the eight base colours alone', () => {
	const frame = frameOf(sampleModel({columns: 60, rows: 30}));
	const coloured = painted(frame, paletteFor({}));
	expect(coloured).toContain('\u{1B}[32m');
	const codes = coloured
		.split('\u{1B}[')
		.slice(1)
		.flatMap((after) => after.split('m', 1)[0]!.split(';'));
	expect(codes.filter((code) => !base.has(code))).toEqual([]);
	expect(painted(frame, paletteFor({NO_COLOR: '1'}))).not.toMatch(
		/\[[\d;]*3\dm/v,
	);
});
