import {oneCellGlyphs} from './theme.js';

/**
As many characters as it is long, each by itself: ASCII but for line breaks, and what we draw.
*/
const plain = new RegExp(
	String.raw`^[\0-\u{9}\u{B}\u{C}\u{E}-\u{7E}${oneCellGlyphs}]*$`,
	'u',
);

type Segment = Readonly<{segment: string; index: number}>;

/**
Characters as `Intl.Segmenter` tells them apart. Almost all that a monitor draws can be told without it: it
takes a while to load, and then a hundred times as long.
*/
export class QuickSegmenter {
	readonly #given: ConstructorParameters<typeof Intl.Segmenter>;
	#thorough: Intl.Segmenter | undefined;

	constructor(...given: ConstructorParameters<typeof Intl.Segmenter>) {
		this.#given = given;
	}

	segment(text: string): Iterable<Segment> {
		if (plain.test(text)) {
			return singly(text);
		}

		this.#thorough ??= new Intl.Segmenter(...this.#given);
		return this.#thorough.segment(text);
	}
}

function* singly(text: string): Generator<Segment> {
	let index = 0;
	for (const segment of text) {
		yield {segment, index};
		index++;
	}
}
