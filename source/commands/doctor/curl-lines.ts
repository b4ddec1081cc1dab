/**
A command on lines that can be pasted as they are: it is broken between its words, and a JSON body between
its members, where blanks mean nothing. A word that is longer than a line stays whole.
*/
export function curlLines(curl: string, width: number): readonly string[] {
	const lines: string[] = [];
	const indent = width < narrow ? ' ' : '  ';
	let line = '';
	for (const word of wordsOf(curl)) {
		const longer = line === '' ? word : `${line} ${word}`;
		// Room for the backslash.
		if (line === '' || longer.length <= width - 2) {
			line = longer;
		} else {
			lines.push(`${line} \\`);
			line = indent + word;
		}
	}

	return [...lines, line].flatMap((one) =>
		one.length <= width ? [one] : inMembers(one, {width, indent}),
	);
}

const narrow = 60;

/**
A flag stays with its value; what is quoted is one word.
*/
const wordsOf = (curl: string): readonly string[] =>
	curl.match(/(?:-[Hd] )?(?:\\.|'[^']*'|"[^"]*"|[^\s"'\\])+/g) ?? [];

function inMembers(
	text: string,
	{width, indent}: Readonly<{width: number; indent: string}>,
): readonly string[] {
	const lines: string[] = [];
	let line = '';
	for (const member of text.split(/(?<=,)(?=["{])/)) {
		if (line !== '' && line.length + member.length > width) {
			lines.push(line);
			line = indent + indent + member;
		} else {
			line += member;
		}
	}

	return [...lines, line];
}
