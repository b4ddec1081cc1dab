import {showCents, showCount, showDuration} from '../exchange/show.js';
import {identityOf} from './connection.js';
import {countOpen, listedEntries} from './exchange-list.js';
import type {Model} from './model.js';

/**
What stays in the scrollback, three lines at most: what this sitting saw and what that cost, what still runs,
how to stop it: with the `home` that was named on the command line.
*/
export function lastLines(model: Model, home?: string): string {
	return `${[seenText(model), ...runningTexts(model, home)].join('\n')}\n`;
}

const seenText = ({seen, nowMs, sittingSinceMs}: Model): string => {
	const span = showDuration(nowMs - sittingSinceMs);
	if (seen.requests === 0) {
		return `Seen here in ${span}: no request ended.`;
	}

	const parts = [
		showCents(seen.nanodollars),
		counted(seen.requests, 'request'),
		`${showCount(seen.inputTokens)} tokens in`,
		`${showCount(seen.outputTokens)} out`,
		...(seen.limited > 0 ? [`${seen.limited} x 429`] : []),
	];
	return `Seen here in ${span}: ${parts.join(', ')}.`;
};

const runningTexts = (
	model: Model,
	home: string | undefined,
): readonly string[] => {
	if (model.leaving === 'quit-and-stop') {
		return ['The passthrough has stopped.'];
	}

	const {kind} = model.supervisor;
	const identity = identityOf(model);
	if (!identity) {
		return [
			kind === 'starting'
				? 'The passthrough is being started.'
				: 'No passthrough is running.',
		];
	}

	const where = model.passthrough ? ` at ${model.passthrough.url}` : '';
	return [
		`The passthrough goes on${where} (pid ${identity.pid})${openText(model)}.`,
		`Stop it with: tollgate stop${home === undefined ? '' : ` --home ${asWord(home)}`}`,
	];
};

/**
As a shell takes it for one word.
*/
const asWord = (text: string): string =>
	/^[\w+\-.\/@]+$/v.test(text)
		? text
		: `'${text.replaceAll("'", String.raw`'\''`)}'`;

/**
`, with 3 requests under way and 1 held`
*/
const openText = (model: Model): string => {
	const {running, retrying, held} = countOpen(listedEntries(model));
	const under = running + retrying;
	const parts = [
		...(under > 0 ? [`${counted(under, 'request')} under way`] : []),
		...(held > 0
			? [`${under > 0 ? held : counted(held, 'request')} held`]
			: []),
	];
	return parts.length === 0 ? '' : `, with ${parts.join(' and ')}`;
};

const counted = (count: number, what: string): string =>
	`${count} ${what}${count === 1 ? '' : 's'}`;
