import {classWords} from './class-words.js';
import {isOwnReason} from './own-reasons.js';
import {reasonWords} from './reason-words.js';
import {stopWords} from './stop-words.js';
import {said, type Words} from './said.js';
import type {Knowledge, Told} from './told.js';

/**
Why an exchange or an attempt ended badly, and what to do about it. Undefined where all is well.
*/
export function wordsFor(
	told: Told,
	knowledge: Knowledge = {},
): Words | undefined {
	const words = unnumbered(told, knowledge);
	return words && {...words, short: withStatus(words.short, told)};
}

function unnumbered(told: Told, knowledge: Knowledge): Words | undefined {
	const {outcome, errorClass, reason} = told;
	if (outcome === 'lost') {
		return lost;
	}

	if (reason === 'cancelled') {
		return reasonWords.cancelled;
	}

	if (errorClass) {
		return classWords[errorClass](told, knowledge);
	}

	if (reason) {
		return isOwnReason(reason)
			? reasonWords[reason]
			: said([`refused: ${reason}`, 'refused'], `Turned down: ${reason}.`);
	}

	switch (outcome) {
		case 'aborted':
		case 'truncated': {
			return classWords[outcome](told, knowledge);
		}

		case 'error':
		case 'refused': {
			return unknown(told);
		}

		case 'ok':
		case 'open':
		case undefined:
		case null: {
			return stopWords(told);
		}
	}
}

const lost = said(
	['passthrough died', 'lost in a crash', 'lost'],
	'The passthrough died before this request had ended. It may have been billed.',
	'The log keeps what was seen of it; crash.log says why, if that is known.',
);

const unknown = ({errorType, errorMessage}: Told): Words => {
	const word = errorType?.replaceAll('_', ' ') ?? 'failed';
	return said(
		[word, 'failed'],
		errorMessage
			? `It failed, and the endpoint said: ${errorMessage}`
			: 'It failed, and nothing was said of why.',
	);
};

/**
The status is what people look up, so it stands before the words where there is room.
*/
function withStatus(
	short: readonly string[],
	{httpStatus, reason, errorClass}: Told,
): readonly string[] {
	// Where an answer is ours, so is its status: the words say more.
	const isOurs = Boolean(reason) || errorClass === 'network';
	const isTold = httpStatus !== undefined && httpStatus !== null;
	if (!isTold || httpStatus < 400 || isOurs) {
		return short;
	}

	return [
		...short.map((text) => `${httpStatus} ${text}`),
		short.at(-1)!,
		String(httpStatus),
	];
}
