import fc from 'fast-check';
import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {QuickSegmenter} from '../../source/monitor/quick-segmenter.js';
import {oneCellGlyphs} from '../../source/monitor/theme.js';

const characters = fc.oneof(
	fc.constantFrom(...oneCellGlyphs, '\u{1B}', '\r', '\n', '\t', '\u{7F}'),
	fc.integer({min: 0, max: 0x7f}).map((code) => String.fromCodePoint(code)),
	fc.constantFrom('é', 'e\u{301}', '日', '👩‍💻', '🇩🇪', '\u{200B}', '각'),
);

test('tells characters apart as Intl.Segmenter does', () => {
	const [quick, thorough] = [new QuickSegmenter(), new Intl.Segmenter()];
	fc.assert(
		fc.property(
			fc.array(characters, {maxLength: 12}).map((all) => all.join('')),
			(text) => {
				const told = Array.from(quick.segment(text), ({segment, index}) => [
					segment,
					index,
				]);
				expect(told).toEqual(
					Array.from(thorough.segment(text), ({segment, index}) => [
						segment,
						index,
					]),
				);
			},
		),
	);
});

test.each([...new Set(oneCellGlyphs)])('%s is one cell wide', (glyph) => {
	expect(stringWidth(glyph)).toBe(1);
});
