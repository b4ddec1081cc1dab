import {capQuestionOf} from './cap-answers.js';
import {connectionOf} from './connection.js';
import {countOpen, listedEntries} from './exchange-list.js';
import {keyName} from './key-name.js';
import type {Model} from './model.js';
import {remarked} from './switching.js';

export function whyNotStop(model: Model): string | undefined {
	if (model.readOnly) {
		return 'Read only: stop it with "tollgate stop".';
	}

	if (model.stopping) {
		return `It is stopping already; ${keyName(model, 'quit')} leaves now.`;
	}

	return 'identity' in model.supervisor
		? undefined
		: `No passthrough is running; ${keyName(model, 'quit')} leaves.`;
}

/**
Leaves the screen. While requests are held it says once what that leaves behind: at a cap, where nobody is there
to answer any more, they are refused; else they wait on.
*/
export function quit(model: Model): Model {
	const atCap = capQuestionOf(model)?.exchanges.length ?? 0;
	const held = isServing(model) ? countOpen(listedEntries(model)).held : 0;
	const count = atCap > 0 ? atCap : held;
	if (count === 0 || model.readOnly || model.isLeavingTold) {
		return {...model, leaving: 'quit'};
	}

	const short = `${count} held: ${keyName(model, 'quit')} again leaves`;
	const them = count === 1 ? 'it' : 'them';
	const text = `${short} ${atCap > 0 ? 'without an answer' : `${them} held`}.`;
	return {...remarked(model, text, `${short}.`), isLeavingTold: true};
}

const isServing = (model: Model): boolean =>
	['live', 'draining'].includes(connectionOf(model).kind);

export function askedToStop(model: Model): Model {
	const {running, retrying, held} = countOpen(listedEntries(model));
	const open = running + retrying + held;
	return open === 0
		? {...model, stopping: true, leaving: 'quit-and-stop'}
		: {
				...model,
				question: {
					text: `${open} ${open === 1 ? 'request runs' : 'requests run'}. Stop the passthrough? y/n`,
					means: 'stop',
				},
			};
}
