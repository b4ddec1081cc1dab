import type {AskRequest} from './ask.js';

/**
Said by us to every endpoint; by hand they change nothing.
*/
const needless = new Set(['accept', 'accept-encoding', 'user-agent']);

/**
A request as a command for a shell. Where the key would stand, `shown` does: a shell variable.
*/
export function byHand(
	{method, url, headers, body}: AskRequest,
	{key, shown}: Readonly<{key: string | undefined; shown: string}>,
): string {
	const words = [
		'curl',
		...(body?.includes('"stream":true') ? ['-N'] : []),
		quoted(shownUrl(url)),
	];
	for (let index = 0; index < headers.length; index += 2) {
		const name = headers[index]!;
		const value = headers[index + 1]!;
		if (needless.has(name)) {
			continue;
		}

		words.push(
			'-H',
			key !== undefined && value.endsWith(key)
				? `"${name}: ${value.slice(0, value.length - key.length)}${shown}"`
				: `'${name}: ${value}'`,
		);
	}

	if (body !== undefined) {
		words.push('-d', quoted(body, true));
	} else if (method === 'POST') {
		words.push('-X', method);
	}

	return words.join(' ');
}

/**
What stands in its query may be a credential.
*/
export const shownUrl = ({origin, pathname, search}: URL): string =>
	`${origin}${pathname}${search.replaceAll(/=(?!1000(?:&|$))[^&]*/g, '=…')}`;

const quoted = (text: string, always = false): string =>
	always || /[^\w%+,\-./:=@]/.test(text)
		? `'${text.replaceAll("'", String.raw`'\''`)}'`
		: text;
