import {showCount, showDuration} from '../exchange/show.js';
import {identityOf} from './connection.js';
import type {Model} from './model.js';

/**
What stays in the scrollback: what this sitting saw, what still runs, how to stop it.
*/
export function lastLines(model: Model): string {
	return `${[seenText(model), ...runningTexts(model)].join('\n')}\n`;
}

const seenText = ({seen, nowMs, sittingSinceMs}: Model): string => {
	const span = showDuration(nowMs - sittingSinceMs);
	if (seen.requests === 0) {
		return `Seen here in ${span}: no request ended.`;
	}

	const limited = seen.limited > 0 ? `, ${seen.limited} x 429` : '';
	return `Seen here in ${span}: ${seen.requests} ${seen.requests === 1 ? 'request' : 'requests'}, ${showCount(seen.inputTokens)} tokens in, ${showCount(seen.outputTokens)} out${limited}.`;
};

const runningTexts = (model: Model): readonly string[] => {
	if (model.leaving === 'quit-and-stop') {
		return ['The passthrough has stopped.'];
	}

	const identity = identityOf(model);
	if (!identity) {
		return ['No passthrough is running.'];
	}

	const where = model.passthrough ? ` at ${model.passthrough.url}` : '';
	return [
		`The passthrough goes on${where} (pid ${identity.pid}).`,
		'Stop it with: tollgate stop',
	];
};
