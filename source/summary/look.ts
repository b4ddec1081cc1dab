/**
What is drawn beyond letters; each is one cell wide, but in ASCII `atLeast` and `fillIn`.
*/
export type Glyphs = Readonly<{
	rule: string;
	cut: string;
	/**
	Stands where the user has to write something.
	*/
	fillIn: string;
	times: string;
	atLeast: string;
	bar: string;
	/**
	From an eighth of a cell to a whole one.
	*/
	column: string;
}>;

const unicode: Glyphs = {
	rule: '─',
	cut: '…',
	fillIn: '…',
	times: '×',
	atLeast: '≥',
	bar: '▆',
	column: '▁▂▃▄▅▆▇█',
};

/**
All that we draw beyond ASCII, as one text.
*/
export const oneCellGlyphs = Object.values(unicode).join('');

const ascii: Glyphs = {
	rule: '-',
	cut: '~',
	fillIn: '...',
	times: 'x',
	atLeast: '>=',
	bar: '#',
	column: '.:|#',
};

/**
How a screen is drawn: its cells from left to right, and with what.
*/
export type Look = Readonly<{
	width: number;
	/**
	Cells between two columns.
	*/
	gap: number;
	glyphs: Glyphs;
}>;

/**
Never narrower than this: a narrower terminal breaks the lines itself.
*/
const narrowest = 32;
/**
On a wider screen the eye would lose the line.
*/
const widest = 120;

const roomy = 100;

export function lookOf(columns: number, isAscii: boolean): Look {
	const width = Math.max(narrowest, Math.min(columns, widest));
	return {
		width,
		gap: width < roomy ? 1 : 2,
		glyphs: isAscii ? ascii : unicode,
	};
}
