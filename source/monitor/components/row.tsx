import {memo, useContext} from 'react';
import {Text} from 'ink';
import type {Line, Piece} from '../layout/line.js';
import {PaletteContext} from './palette-context.js';

type RowProperties = Readonly<{line: Line}>;

/**
One screen line. Compared by content: an unchanged line costs nothing in React or Yoga.
*/
export const Row = memo(
	({line}: RowProperties) => {
		const palette = useContext(PaletteContext);
		const pieces = joined(line);
		return (
			<Text wrap="truncate">
				{pieces.map(([text, tone = 'plain'], index) => (
					<Text key={index} {...palette[tone]}>
						{text}
					</Text>
				))}
				{/* Without a character it would have no height. */}
				{pieces.length === 0 ? ' ' : ''}
			</Text>
		);
	},
	(before, after) => sameLine(before.line, after.line),
);
Row.displayName = 'Row';

const sameLine = (before: Line, after: Line): boolean =>
	before.length === after.length &&
	before.every(
		([text, tone], index) =>
			after[index]?.[0] === text && after[index]?.[1] === tone,
	);

const inverse = new Set(['inverse', 'alarm', 'caution']);

/**
Neighbours of one tone become one piece: fewer nodes for React and Yoga.
*/
const joined = (line: Line): readonly Piece[] => {
	const pieces: Array<[string, Piece[1]]> = [];
	for (const [text, tone = 'plain'] of line) {
		const last = pieces.at(-1);
		if (
			last &&
			(last[1] === tone ||
				(text.trim() === '' && !inverse.has(last[1] ?? 'plain')))
		) {
			last[0] += text;
		} else if (text !== '') {
			pieces.push([text, tone]);
		}
	}

	return pieces;
};
