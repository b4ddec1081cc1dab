import {carriesError} from './error-words.js';
import {fieldsOf, parseJson} from './foreign-json.js';
import type {SseEvent} from './wire-format.js';

const typeInFront = /^\s*\{\s*"type"\s*:\s*"(?<type>[\w.]+)"/;

/**
What an event is called. Where a gateway leaves out the `event:` line, its data says so: Anthropic and
OpenAI Responses repeat the name as `type`. Empty where
nothing says so.
*/
export function nameOf({event, data}: SseEvent): string {
	// "message" is the name of events without one, and some gateways write it out.
	if (event !== undefined && event !== 'message') {
		return event;
	}

	const inFront = typeInFront.exec(data)?.groups?.['type'];
	if (inFront !== undefined) {
		return inFront;
	}

	const body = parseJson(data);
	const {type} = fieldsOf<'type'>(body);
	if (typeof type === 'string') {
		return type;
	}

	return carriesError(body) ? 'error' : '';
}
