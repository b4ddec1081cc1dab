import {fixedKeys} from '../../source/config/monitor-keys.js';
import {keyGroups} from '../../source/monitor/key-name.js';
import {keys} from '../../source/monitor/keys.js';
import {rowStates, type RowState} from '../../source/monitor/row-state.js';
import {glyphsFor} from '../../source/monitor/theme.js';
import {code, markdownTable} from './markdown.js';

/**
What every key of the monitor does, and what the config calls it.
*/
export const keysTable = (): string =>
	markdownTable(
		['key', 'what it does', 'name in the config'],
		keyGroups(keys).map((group) => [
			listed(group[0].shown.split(' ')),
			group[0].says,
			listed(group.map(({name}) => name).filter((name) => !isFixed(name))),
		]),
	);

const listed = (words: readonly string[]): string =>
	words.map((word) => code(word)).join(' ');

const fixed: readonly string[] = fixedKeys;
const isFixed = (name: string): boolean => fixed.includes(name);

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
	aborted: 'The agent hung up before the end, or somebody cancelled it.',
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
