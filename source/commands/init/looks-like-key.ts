import {withoutKeyShapes} from '../../exchange/clean.js';

/**
Whether a text holds what is most likely a key itself, pasted where it does not belong.
*/
export const looksLikeKey = (text: string): boolean =>
	withoutKeyShapes(text) !== text ||
	text.split(/\s+/v).some((word) => isRandom(word));

/**
Long, with letters and digits, and not made of words.
*/
const isRandom = (word: string): boolean =>
	/^(?=.*\d)(?=.*[a-z])[\w+\-.=~]{20,}$/iv.test(word) &&
	(uuid.test(word) || names.every((name) => !name.test(word)));

const uuid = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/iv;

/**
Variables, hosts, and the ids of models: short words with something between them.
*/
const names = [
	/^[A-Z][\dA-Z]*(?:_[\dA-Z]+)+$/v,
	/^[\w\-]+(?:\.[\w\-]+)*\.[a-z]{2,24}$/v,
	/^[a-z][\da-z]{0,11}(?:[\-._][\da-z]{1,12})+$/iv,
];
