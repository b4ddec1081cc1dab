/**
Whether a request for this model follows the active alias: its whole id fits one of the patterns, in
which `*` stands for anything. Case does not count, nor what a client notes behind an id: `[1m]`.
*/
export function steers(patterns: readonly string[], model: string): boolean {
	const id = bare(model);
	return patterns.some((pattern) => fits(bare(pattern), id));
}

function bare(name: string): string {
	const id = name.toLowerCase();
	return id.endsWith(']') ? id.replace(/\[[^\[\]]*\]$/v, '') : id;
}

function fits(pattern: string, id: string): boolean {
	const [start = '', ...rest] = pattern.split('*');
	const end = rest.pop();
	if (end === undefined) {
		return id === start;
	}

	if (
		!id.startsWith(start) ||
		!id.endsWith(end) ||
		id.length < start.length + end.length
	) {
		return false;
	}

	// What stands between two stars is found at its first place, so that most is left for the next.
	let middle = id.slice(start.length, id.length - end.length);
	for (const part of rest) {
		const place = middle.indexOf(part);
		if (place === -1) {
			return false;
		}

		middle = middle.slice(place + part.length);
	}

	return true;
}
