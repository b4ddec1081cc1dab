import type {Finding, Standing} from '../../doctor/check.js';
import type {Verdict} from '../../doctor/verdict.js';
import type {Line, Tone} from '../../summary/line.js';
import {wrap} from '../config/wrap.js';
import {curlLines} from './curl-lines.js';

export type Sheet = Readonly<{
	/**
	Cells of a line; Infinity where none is broken.
	*/
	columns: number;
	isAscii: boolean;
}>;

const glyphs: Readonly<Record<Standing, readonly [string, string]>> = {
	ok: ['✓', '+'],
	warn: ['!', '!'],
	bad: ['✗', 'x'],
	skipped: ['·', '-'],
};

const tones: Readonly<Record<Standing, Tone>> = {
	ok: 'info',
	warn: 'warn',
	bad: 'warn',
	skipped: 'dim',
};

const nameWidth = 15;
/**
Glyph, word and name, with the gaps behind each.
*/
const margin = 2 + 9 + nameWidth + 1;
/**
With less room for sentences, columns would be all gaps.
*/
const leastRoom = 36;
/**
On a wider screen the eye would lose the line.
*/
const widest = 110;

/**
A finding on as many lines as it needs: in columns, or one below the other where it is narrow.
*/
export function block(
	{standing, check, said, fix, curl}: Finding,
	{columns, isAscii}: Sheet,
): readonly Line[] {
	const width = columns === Infinity ? Infinity : Math.min(columns, widest);
	const isStacked = width - margin < leastRoom;
	const inset = isStacked ? 2 : margin;
	const room = width - inset;
	const tone = tones[standing];
	const glyph = glyphs[standing][isAscii ? 1 : 0];
	const [first = '', ...rest] = within(said, room);
	const head: Line = [
		[`${glyph} ${isStacked ? `${standing} ` : standing.padEnd(9)}`, tone],
		[check.padEnd(isStacked ? 0 : nameWidth), 'bold'],
	];
	const below = (line: Line): Line => [[' '.repeat(inset)], ...line];
	return [
		...(isStacked
			? [head, below([[first]])]
			: [[...head, [` ${first}`] as const]]),
		...rest.map((text) => below([[text]])),
		...(fix === undefined
			? []
			: within(fix, room - 3).map((text, index) =>
					below([[index === 0 ? arrow(isAscii) : ' '.repeat(3), tone], [text]]),
				)),
		...(curl === undefined
			? []
			: curlLines(curl, width - curlInset(isStacked)).map((text): Line => [
					[' '.repeat(curlInset(isStacked))],
					[text, 'dim'],
				])),
	];
}

/**
Commands are long: they begin below the name.
*/
const curlInset = (isStacked: boolean): number => (isStacked ? 2 : 11);

/**
Three cells; what a terminal gives to the glyph itself is not looked up.
*/
const arrow = (isAscii: boolean): string => (isAscii ? '-> ' : '→  ');

const within = (text: string, room: number): readonly string[] =>
	wrap(text, {first: room, rest: room});

/**
What is looked at next: its name, and where it is.
*/
export const title = (
	name: string,
	where: string,
	{columns}: Sheet,
): readonly Line[] =>
	within(where === '' ? name : `${name}  ${where}`, columns).map(
		(text): Line => [[text, 'bold']],
	);

/**
The last lines: what it comes to, and what to do next.
*/
export function verdictLines(
	{standing, said, next}: Verdict,
	{columns, isAscii}: Sheet,
): readonly Line[] {
	const room =
		(columns === Infinity ? Infinity : Math.min(columns, widest)) - 2;
	const glyph = glyphs[standing][isAscii ? 1 : 0];
	return [
		...within(said, room).map((text, index): Line => [
			[index === 0 ? `${glyph} ` : '  ', tones[standing]],
			[text, 'bold'],
		]),
		...(next === undefined
			? []
			: within(`Next: ${next}`, room).map((text): Line => [[`  ${text}`]])),
	];
}
