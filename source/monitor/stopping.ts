import {countOpen, listedEntries} from './exchange-list.js';
import type {Model} from './model.js';

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
