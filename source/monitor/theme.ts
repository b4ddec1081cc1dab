export const toneNames = [
	'plain',
	'dim',
	'bold',
	'good',
	'warn',
	'bad',
	'info',
	'accent',
	'inverse',
	'alarm',
	'caution',
] as const;
export type Tone = (typeof toneNames)[number];

/**
What Ink's Text takes.
*/
export type TextStyle = Readonly<{
	color?: string;
	bold?: boolean;
	dimColor?: boolean;
	inverse?: boolean;
}>;
export type Palette = Readonly<Record<Tone, TextStyle>>;

// Only the eight base ANSI colours, never bright ones, never a background of our own: the
// terminal's own palette then decides, in light and dark themes.
const coloured: Palette = {
	plain: {},
	dim: {dimColor: true},
	bold: {bold: true},
	good: {color: 'green'},
	warn: {color: 'yellow'},
	bad: {color: 'red', bold: true},
	info: {color: 'cyan'},
	accent: {color: 'magenta'},
	inverse: {inverse: true, bold: true},
	alarm: {color: 'red', inverse: true, bold: true},
	caution: {color: 'yellow', inverse: true, bold: true},
};

const withoutColour = ({color: _color, ...style}: TextStyle): TextStyle =>
	style;

const mono = Object.fromEntries(
	toneNames.map((tone) => [tone, withoutColour(coloured[tone])]),
) as Palette;

/**
The look of each tone. Chalk takes no notice of NO_COLOR, and without any style the selection could
not be seen: so only the colours go, bold, dim and inverse stay.
*/
export const paletteFor = (
	environment: Readonly<Record<string, string | undefined>>,
): Palette => (environment['NO_COLOR'] ? mono : coloured);

const unicode = {
	live: '●',
	stale: '◌',
	down: '✖',
	streaming: '▶',
	stalled: '▷',
	waiting: '◦',
	held: '‖',
	retrying: '↻',
	done: '✓',
	failed: '✖',
	aborted: '–',
	cursor: '❯',
	descending: '▾',
	ascending: '▴',
	arrow: '→',
	rule: '─',
	wall: '│',
	cut: '…',
	soon: '…',
	between: '·',
	about: '≈',
	atLeast: '≥',
	times: '×',
	rebuilt: '≠',
	full: '█',
	reserved: '▒',
	empty: '░',
	pace: '┃',
	lowFull: '▆',
	lowReserved: '▃',
	lowEmpty: '▁',
	sparks: '▁▂▃▄▅▆▇',
} as const;

/**
All that we draw beyond ASCII, as one text: each of these is one cell wide in every terminal.
*/
export const oneCellGlyphs = Object.values(unicode).join('');

export type Glyphs = Readonly<Record<keyof typeof unicode, string>>;

const ascii: Glyphs = {
	live: '*',
	stale: '?',
	down: 'x',
	streaming: '>',
	stalled: '!',
	waiting: ':',
	held: '=',
	retrying: '~',
	done: '.',
	failed: 'x',
	aborted: '-',
	cursor: '>',
	descending: 'v',
	ascending: '^',
	arrow: '->',
	rule: '-',
	wall: '|',
	cut: '~',
	soon: '...',
	between: '/',
	about: '~',
	atLeast: '>',
	times: 'x',
	rebuilt: '!',
	full: '#',
	reserved: '+',
	empty: '.',
	pace: '|',
	lowFull: '#',
	lowReserved: '+',
	lowEmpty: '.',
	sparks: '_.-=+*%#',
};

/**
Every glyph is one cell wide in every terminal, but the arrow and what is to come in ASCII.
*/
export const glyphsFor = (isAscii: boolean): Glyphs =>
	isAscii ? ascii : unicode;

/**
True where only ASCII can be trusted to be drawn: the Linux console, a locale without UTF-8.
*/
export function needsAscii(
	environment: Readonly<Record<string, string | undefined>>,
): boolean {
	if (environment['TERM'] === 'linux') {
		return true;
	}

	// The first that is not empty decides, as for any program. Containers often set none and are
	// looked at through a terminal that draws UTF-8.
	const locale = ['LC_ALL', 'LC_CTYPE', 'LANG']
		.map((name) => environment[name])
		.find(Boolean);
	return locale !== undefined && !/utf-?8/i.test(locale);
}
