import {countOpen, listedEntries} from './exchange-list.js';
import type {Model} from './model.js';

/**
One key: the footer, the help and the input all read this table.
*/
export type KeyEntry = Readonly<{
	/**
	Names as the terminal's input gives them: a character, `esc`, `ctrl-d`, …
	*/
	press: readonly string[];
	/**
	How the help names it.
	*/
	shown: string;
	/**
	What it does, in the help.
	*/
	says: string;
	/**
	What it does, in the footer; undefined while it need not be told of.
	*/
	hint?: (model: Model) => string | undefined;
	/**
	Why it cannot act now.
	*/
	missing?: (model: Model) => string | undefined;
	means: (model: Model) => Model;
	/**
	May come several times in one read: held down, or over a slow line.
	*/
	repeats?: true;
	/**
	The terminal's own business: done by the one that owns it.
	*/
	effect?: 'redraw' | 'suspend';
}>;

const nothingListed = (model: Model) =>
	model.exchanges.size === 0 ? 'Nothing to select yet.' : undefined;

export const keys: readonly KeyEntry[] = [
	{
		press: ['?'],
		shown: '?',
		says: 'this help',
		hint: ({overlay}) => (overlay === 'help' ? undefined : 'help'),
		means: (model) => ({
			...model,
			overlay: model.overlay === 'help' ? 'none' : 'help',
		}),
	},
	{
		press: ['enter'],
		shown: 'enter',
		says: 'detail of a request',
		hint: ({overlay, exchanges}) =>
			overlay === 'none' && exchanges.size > 0 ? 'detail' : undefined,
		missing: nothingListed,
		means: (model) => ({
			...model,
			overlay: model.overlay === 'detail' ? 'none' : 'detail',
			// What is looked at must not change when another one comes.
			selected: model.selected ?? idsListed(model)[0],
		}),
	},
	{
		press: ['j', 'down'],
		shown: 'j k up down',
		says: 'move',
		missing: nothingListed,
		means: (model) => moved(model, 1),
		repeats: true,
	},
	{
		press: ['k', 'up'],
		shown: '',
		says: '',
		missing: nothingListed,
		means: (model) => moved(model, -1),
		repeats: true,
	},
	{
		press: ['g', 'home'],
		shown: 'g G',
		says: 'newest, oldest',
		missing: nothingListed,
		means: (model) => moved(model, -Infinity),
	},
	{
		press: ['G', 'end'],
		shown: '',
		says: '',
		missing: nothingListed,
		means: (model) => moved(model, Infinity),
	},
	{
		press: ['ctrl-d', 'pgdn'],
		shown: 'ctrl-d ctrl-u',
		says: 'half a page',
		missing: nothingListed,
		means: (model) => moved(model, halfPage(model)),
		repeats: true,
	},
	{
		press: ['ctrl-u', 'pgup'],
		shown: '',
		says: '',
		missing: nothingListed,
		means: (model) => moved(model, -halfPage(model)),
		repeats: true,
	},
	{
		press: ['f'],
		shown: 'f',
		says: 'follow newest again',
		hint: ({selected, overlay}) =>
			selected === undefined || overlay === 'help' ? undefined : 'follow',
		missing: ({selected}) =>
			selected === undefined ? 'It follows the newest already.' : undefined,
		means: (model) => ({...model, selected: undefined}),
	},
	{
		press: ['esc'],
		shown: 'esc',
		says: 'one step back',
		hint: ({overlay}) => (overlay === 'none' ? undefined : 'back'),
		means: oneStepBack,
	},
	{
		press: ['Q'],
		shown: 'Q',
		says: 'stop passthrough, quit',
		missing: whyNotStop,
		means: askedToStop,
	},
	{
		press: ['ctrl-l'],
		shown: 'ctrl-l',
		says: 'redraw',
		means: (model) => model,
		effect: 'redraw',
	},
	{
		press: ['ctrl-z'],
		shown: 'ctrl-z',
		says: 'suspend to the shell',
		means: (model) => model,
		effect: 'suspend',
	},
	{
		press: ['q'],
		shown: 'q ctrl-c',
		says: 'quit (the agent goes on)',
		hint: ({overlay}) => (overlay === 'none' ? 'quit' : undefined),
		means: (model) =>
			model.overlay === 'none'
				? {...model, leaving: 'quit'}
				: {...model, overlay: 'none'},
	},
	{
		press: ['ctrl-c'],
		shown: '',
		says: '',
		means: (model) => ({...model, leaving: 'quit'}),
	},
];

export const keyFor = (press: string): KeyEntry | undefined =>
	keys.find((entry) => entry.press.includes(press));

const remarkStandsMs = 4000;

/**
What becomes of the model when `key` is pressed. A key that cannot act says why.
*/
export function pressed(model: Model, key: string): Model {
	if (key !== 'ctrl-c' && model.question !== undefined) {
		return answered(model, key);
	}

	const entry = keyFor(key);
	if (!entry) {
		return model;
	}

	const why = entry.missing?.(model);
	return why === undefined
		? entry.means({...model, remark: undefined})
		: {
				...model,
				remark: {text: why, untilMs: model.nowMs + remarkStandsMs},
			};
}

const answered = (model: Model, key: string): Model =>
	key === 'y'
		? {...model, question: undefined, stopping: true, leaving: 'quit-and-stop'}
		: {...model, question: undefined};

const idsListed = (model: Model): readonly number[] =>
	listedEntries(model).map(({exchange}) => exchange.id);

const moved = (model: Model, by: number): Model => {
	const ids = idsListed(model);
	const at = model.selected === undefined ? -1 : ids.indexOf(model.selected);
	// The first movement takes the place where the list stands.
	const next = at === -1 ? (by > 1 ? by : 0) : at + by;
	return {
		...model,
		selected: ids[Math.max(0, Math.min(next, ids.length - 1))],
	};
};

const halfPage = ({rows}: Model) => Math.max(1, Math.floor(rows / 3));

function oneStepBack(model: Model): Model {
	if (model.overlay !== 'none') {
		return {...model, overlay: 'none'};
	}

	return model.selected === undefined
		? {...model, notices: []}
		: {...model, selected: undefined};
}

function whyNotStop(model: Model): string | undefined {
	if (model.readOnly) {
		return 'Read only: stop it with "tollgate stop".';
	}

	if (model.stopping) {
		return 'It is stopping already; q leaves now.';
	}

	return 'identity' in model.supervisor
		? undefined
		: 'No passthrough is running; q leaves.';
}

function askedToStop(model: Model): Model {
	const {running, waiting} = countOpen(listedEntries(model));
	const open = running + waiting;
	return open === 0
		? {...model, stopping: true, leaving: 'quit-and-stop'}
		: {
				...model,
				question: `${open} ${open === 1 ? 'request runs' : 'requests run'}. Stop the passthrough? y/n`,
			};
}
