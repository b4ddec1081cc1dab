import {frozenFiltered} from './frozen.js';
import type {Model} from './model.js';
import {closed} from './overlay.js';
import {sessionRows} from './session-list.js';
import {remarked} from './switching.js';

/**
Lists the exchanges of the session that is marked, and no others.
*/
export function sessionPicked(model: Model): Model {
	const rows = sessionRows(model);
	const row = rows[Math.min(model.overlayAt, rows.length - 1)];
	if (row === undefined) {
		return closed(model);
	}

	return row.session === ''
		? remarked(
				model,
				'These told no session: nothing to filter by.',
				'They told no session.',
			)
		: frozenFiltered({
				...closed(model),
				// A filter is of words: the first of them tells it well enough.
				filter: `session:${row.session.trim().split(/\s/v, 1)[0]}`,
				filterInput: undefined,
				selected: undefined,
			});
}
