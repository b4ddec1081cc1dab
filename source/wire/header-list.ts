/**
Headers as they came: a flat list of name, value, name, value, in their original case.
*/
export type HeaderList = readonly string[];

/**
The first value of a header. `name` in lower case.
*/
export function headerOf(
	headers: HeaderList,
	name: string,
): string | undefined {
	for (let index = 0; index + 1 < headers.length; index += 2) {
		const candidate = headers[index]!;
		if (candidate.length === name.length && candidate.toLowerCase() === name) {
			return headers[index + 1];
		}
	}

	return undefined;
}
