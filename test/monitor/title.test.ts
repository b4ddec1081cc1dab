import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {startModel, type Model} from '../../source/monitor/model.js';
import {createStore} from '../../source/monitor/store.js';
import {keepTitle} from '../../source/monitor/terminal-title.js';
import {titleText} from '../../source/monitor/title.js';
import {sampleModel} from './sample-model.js';
import {sampleNowMs, totalsRow} from './sample-rows.js';
import {steeredModel, steerings} from './sample-steering.js';

beforeEach(() => {
	vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout', 'performance']});
});

afterEach(() => {
	vi.useRealTimers();
});

const steered = (name: keyof typeof steerings) =>
	steeredModel({}, [], {steering: steerings[name]});

const empty = startModel({
	nowMs: sampleNowMs,
	columns: 60,
	rows: 20,
	ascii: false,
	readOnly: false,
	notices: [],
});

test.each<[string, Model, RegExp]>([
	[
		'spend and model without cap and alias',
		sampleModel(),
		/^● ≥\$11\.57 \S+$/v,
	],
	['the alias', steeredModel(), /^● ≥\$[\d.]+ main$/v],
	[
		'that nothing of it has a price',
		sampleModel({quiet: true}, [
			{
				kind: 'totals',
				totals: [totalsRow('a', {costNanodollars: 0, unpriced: 4})],
			},
		]),
		/^● unpriced/v,
	],
	['the share of the cap', steered('capped'), /^● \d+% main$/v],
	['that it is paused', steered('paused'), /^‖ .* main$/v],
	['that a cap is reached', steered('reached'), /^✖ 100% main$/v],
	[
		'that it is down',
		sampleModel({}, [
			{
				kind: 'supervisor',
				state: {kind: 'down', reason: 'gone', retryAtMs: undefined},
				nowMs: sampleNowMs,
			},
		]),
		/^✖ DOWN \S+$/v,
	],
	['that it starts', empty, /^◌ STARTING$/v],
	['it in ASCII', sampleModel({ascii: true}), /^\* >?=?\$[\d.]+ \S+$/v],
])('the title says %s', (_what, model, title) => {
	expect(titleText(model)).toMatch(title);
});

function titled(environment: Readonly<Record<string, string>>) {
	const written: string[] = [];
	const store = createStore(empty);
	const stdout = {
		write(text: string) {
			written.push(text);
			return true;
		},
	} as unknown as NodeJS.WriteStream;
	const title = keepTitle(store, stdout, environment);
	const down = (reason: string) => {
		store.send({
			kind: 'supervisor',
			state: {kind: 'down', reason, retryAtMs: undefined},
			nowMs: sampleNowMs,
		});
	};

	const stopped = () => {
		store.send({
			kind: 'supervisor',
			state: {kind: 'stopped'},
			nowMs: sampleNowMs,
		});
	};

	return {title, written, down, stopped};
}

const starting = '\u{1B}]2;◌ STARTING\u{1B}\\';
const down = '\u{1B}]2;✖ DOWN\u{1B}\\';
const stopped = '\u{1B}]2;✖ STOPPED\u{1B}\\';
const save = '\u{1B}[22;2t';
const giveBack = '\u{1B}[23;2t';

test('the old title is saved first, and given back once at the end', () => {
	const {title, written} = titled({TERM: 'xterm-256color'});
	expect(written).toEqual([save, starting]);
	title.close();
	title.close();
	expect(written).toEqual([save, starting, giveBack]);
});

test('it changes at most once a second, and only to another text', () => {
	const {
		written,
		down: fall,
		stopped: stop,
	} = titled({TERM: 'screen-256color'});
	fall('one');
	fall('two');
	expect(written).toEqual([save, starting]);
	vi.advanceTimersByTime(1000);
	expect(written).toEqual([save, starting, down]);
	fall('three');
	stop();
	vi.advanceTimersByTime(999);
	expect(written).toHaveLength(3);
	vi.advanceTimersByTime(1);
	expect(written.at(-1)).toBe(stopped);
	vi.advanceTimersByTime(5000);
	expect(written).toHaveLength(4);
});

test('the shell has its own title while it has the terminal', () => {
	const {title, written, down: fall} = titled({TERM: 'tmux-256color'});
	title.suspend();
	fall('meanwhile');
	vi.advanceTimersByTime(3000);
	expect(written).toEqual([save, starting, giveBack]);
	title.resume();
	expect(written).toEqual([save, starting, giveBack, save, down]);
});

test.each([{TERM: 'linux'}, {TERM: 'dumb'}, {TERM: ''}, {}])(
	'nothing is written with %o',
	(environment) => {
		const {
			title,
			written,
			down: fall,
		} = titled(environment as Record<string, string>);
		fall('one');
		title.close();
		expect(written).toEqual([]);
	},
);
