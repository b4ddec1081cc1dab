import {keys} from '../../source/monitor/keys.js';
import {rowStates, type RowState} from '../../source/monitor/row-state.js';
import {glyphsFor} from '../../source/monitor/theme.js';
import {code, markdownTable} from './markdown.js';

/**
What every key of the monitor does.
*/
export const keysTable = (): string =>
	markdownTable(
		['key', 'what it does'],
		keys
			.filter(({shown}) => shown !== '')
			.map(({shown, says}) => [
				shown
					.split(' ')
					.map((key) => code(key))
					.join(' '),
				says,
			]),
	);

const meanings: Readonly<Record<RowState, string>> = {
	streaming: 'The answer is coming in.',
	stalled:
		'The answer has begun, and nothing came for 3 seconds. The row counts the silence.',
	waiting: 'The request is sent, and no answer has begun.',
	held: 'The request has not been sent yet: it is paused, or waits for a free slot.',
	retrying:
		'An earlier try failed: the next one waits for its time, or for its answer.',
	failed:
		'It ended badly: an error of the endpoint, a stream cut short, a refusal of ours. The row says which.',
	aborted: 'The agent hung up before the end.',
	done: 'The answer ended as it should.',
};

/**
The states of a request in the list, with their glyphs.
*/
export function statesTable(): string {
	const [unicode, ascii] = [glyphsFor(false), glyphsFor(true)];
	return markdownTable(
		['glyph', 'with `--ascii`', 'state', 'meaning'],
		rowStates.map((state) => [
			unicode[state],
			code(ascii[state]),
			state,
			meanings[state],
		]),
	);
}
