const longestText = 200;
/**
What is looked at of a foreign text; nothing behind it could be shown anyway.
*/
const longestLook = 65_536;

const plain = /^[\u{20}-\u{7E}]*$/u;
const lineBreaks = /[\t\n\v\f\r\u{85}\u{2028}\u{2029}]+/gu;
const controls = /[\p{Bidi_Control}\p{Control}\u{FEFF}]/gu;

/**
Credentials as the common services write them, also half masked with stars.
*/
const keyShapes = [
	/\bsk-[\w*-]{6,}/g,
	/\btollgate_[\d\-_a-z]{1,32}_[\w*-]{12,}/g,
	/\b(?:gsk|hf|ghp|gho|ghs|xai|pplx)[-_][\w*]{12,}/g,
	/\bAIza[\w*-]{20,}/g,
	/\bAKIA[\dA-Z]{12,}/g,
	/\beyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?/g,
] as const;
/**
Nothing without one of these can have the shape of a key: most texts are spared the search.
*/
const keyMarks =
	/sk-|tollgate_|gsk|hf[-_]|gh[ops][-_]|xai|pplx|aiza|akia|eyj|bearer/i;
const bearer = /\bbearer\s+[^\s"',;<>]{6,}/gi;

/**
Foreign text made fit for a log and a terminal: line breaks become spaces, control and bidi
characters go, and so do the given secrets and all that is shaped like a key. At most 200 characters
(code points).
*/
export function cleanText(
	text: string,
	secrets: readonly string[] = [],
): string {
	return cut(withoutKeyShapes(withoutSecrets(printable(text), secrets)));
}

/**
The same for names (model ids, error types, codes), where a thing shaped like a key is most likely a
name: only the given secrets are removed.
*/
export function cleanName(
	text: string,
	secrets: readonly string[] = [],
): string {
	return cut(withoutSecrets(printable(text), secrets));
}

function printable(text: string): string {
	if (text.length <= longestText && plain.test(text)) {
		return text.trim();
	}

	return text
		.slice(0, longestLook)
		.toWellFormed()
		.replaceAll(lineBreaks, ' ')
		.replaceAll(controls, '')
		.replaceAll(/ {2,}/g, ' ')
		.trim();
}

function withoutSecrets(text: string, secrets: readonly string[]): string {
	if (secrets.every((secret) => !text.includes(secret))) {
		return text;
	}

	let rest = text;
	// The longest first: one secret may be the beginning of another.
	for (const secret of secrets.toSorted((a, b) => b.length - a.length)) {
		if (secret !== '') {
			rest = rest.replaceAll(secret, '[removed]');
		}
	}

	return rest;
}

/**
What is shaped like a key is `[removed]`.
*/
export function withoutKeyShapes(text: string): string {
	if (!keyMarks.test(text)) {
		return text;
	}

	let rest = text.replaceAll(bearer, 'Bearer [removed]');
	for (const shape of keyShapes) {
		rest = rest.replaceAll(shape, '[removed]');
	}

	return rest;
}

function cut(text: string): string {
	return text.length <= longestText
		? text
		: [...text.slice(0, 2 * longestText)].slice(0, longestText).join('');
}
