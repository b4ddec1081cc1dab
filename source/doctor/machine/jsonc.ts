import {parseJson} from '../../wire/foreign-json.js';

/**
The value of JSON that may hold comments and commas before a closing bracket; undefined where it is none.
*/
export function parseJsonc(text: string): unknown {
	const plain = text
		.replace(/^\u{FEFF}/u, '')
		.replaceAll(partsOfJson, (part) => (part.startsWith('"') ? part : ' '));
	return parseJson(
		plain.replaceAll(commaBeforeEnd, (part) =>
			part.startsWith('"') ? part : part.slice(1),
		),
	);
}

/**
Texts are matched as well, so that what looks like a comment in one is none.
*/
const partsOfJson = /"(?:[^"\\]|\\.)*"|\/\/[^\n\r]*|\/\*[\s\S]*?\*\//g;
const commaBeforeEnd = /"(?:[^"\\]|\\.)*"|,\s*(?=[\]}])/g;
