import {Box} from 'ink';
import type {Block} from '../layout/blocks.js';
import type {Frame} from '../layout/frame.js';
import type {Line} from '../layout/line.js';
import {BurnTableView} from './burn-table.js';
import {Row} from './row.js';

type ScreenProperties = Readonly<{frame: Frame}>;

/**
Draws a frame, one Text for each of its lines.
*/
export function Screen({frame}: ScreenProperties) {
	const {columns, top, left, right, bottom} = frame;
	return (
		<Box flexDirection="column" width={columns}>
			<Lines lines={top} />
			{right ? (
				<Box flexShrink={0}>
					<Box flexDirection="column" width={right.leftWidth} flexShrink={0}>
						<Blocks blocks={left} />
					</Box>
					<Box flexDirection="column" flexShrink={0}>
						{right.lines.map((line, index) => (
							<Row key={index} line={[[right.wall, 'dim'], ...line]} />
						))}
					</Box>
				</Box>
			) : (
				<Blocks blocks={left} />
			)}
			<Lines lines={bottom} />
		</Box>
	);
}

type BlocksProperties = Readonly<{blocks: readonly Block[]}>;

function Blocks({blocks}: BlocksProperties) {
	return blocks.map((block, index) =>
		block.kind === 'lines' ? (
			<Lines key={index} lines={block.lines} />
		) : (
			<BurnTableView key={index} table={block.table} />
		),
	);
}

type LinesProperties = Readonly<{lines: readonly Line[]}>;

function Lines({lines}: LinesProperties) {
	return lines.map((line, index) => <Row key={index} line={line} />);
}
