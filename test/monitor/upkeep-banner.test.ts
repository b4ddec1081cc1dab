import {expect, test} from 'vitest';
import {frameOf} from '../../source/monitor/layout/frame.js';
import {lineText} from './frame-text.js';
import {sampleModel} from './sample-model.js';

const top = (share: number | undefined) =>
	frameOf(sampleModel({columns: 80, rows: 30}, [{kind: 'upkeep', share}]))
		.top.map((line) => lineText(line))
		.join('\n');

test('a log that is brought up to date says how far', () => {
	expect(top(0.409)).toContain('Bringing the log up to date: 40 %');
	expect(top(undefined)).not.toContain('up to date');
});
