import {capQuestionOf} from './cap-answers.js';
import {countOpen, listedEntries} from './exchange-list.js';
import type {Model} from './model.js';
import {remarked} from './switching.js';

export function whyNotStop(model: Model): string | undefined {
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

/**
Leaves the screen. While it asks what to do at a cap it says once what that leaves behind: with nobody there to
answer, those that wait are refused.
*/
export function quit(model: Model): Model {
	const question = capQuestionOf(model);
	if (question === undefined || model.readOnly || model.isLeavingTold) {
		return {...model, leaving: 'quit'};
	}

	const held = `${question.exchanges.length} held: q again leaves`;
	return {
		...remarked(model, `${held} without an answer.`, `${held}.`),
		isLeavingTold: true,
	};
}

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
