import {widthOf} from '../../summary/line.js';

/**
A text on as many lines as it needs. It is broken between words, and within one that is longer than a
line: nothing is lost. `first` and `rest` are the cells that the lines have.
*/
export function wrap(
	text: string,
	{first, rest}: Readonly<{first: number; rest: number}>,
): readonly string[] {
	const lines: string[] = [''];
	const room = () => Math.max(1, lines.length === 1 ? first : rest);
	for (const word of text.split(' ')) {
		const line = lines.at(-1)!;
		const longer = line === '' ? word : `${line} ${word}`;
		if (widthOf(longer) <= room()) {
			lines[lines.length - 1] = longer;
			continue;
		}

		if (line !== '') {
			lines.push('');
		}

		for (const character of word) {
			const grown = lines.at(-1)! + character;
			if (widthOf(grown) > room()) {
				lines.push(character);
			} else {
				lines[lines.length - 1] = grown;
			}
		}
	}

	return lines;
}
