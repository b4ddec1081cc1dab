/**
What wipes the screen and puts the cursor into its first cell.
*/
export const clearScreen = '\u{1B}[2J\u{1B}[H';
export const enterAlternateScreen = '\u{1B}[?1049h';

const firstCell = '\u{1B}[H';
/**
What follows is shown at once, where the terminal can do so.
*/
const beginFrame = '\u{1B}[?2026h';

/**
Has every entry into the alternate screen begin with an empty one, until the returned function is called.
Terminals leave the cursor where it stood, and Ink counts its lines from there. The first time a frame stands
there already: it is wiped together with the first that Ink draws, so that nobody sees it go.
*/
export function clearOnEntry(stdout: NodeJS.WriteStream): () => void {
	const {write} = stdout;
	let isFirst = true;
	let isWiped = false;
	const cleared = (text: string): string => {
		if (text.includes(enterAlternateScreen)) {
			const after = isFirst ? firstCell : clearScreen;
			isFirst = false;
			return text
				.split(enterAlternateScreen)
				.join(`${enterAlternateScreen}${after}`);
		}

		if (!isFirst && !isWiped && text.includes(beginFrame)) {
			isWiped = true;
			const [before = '', ...after] = text.split(beginFrame);
			return `${before}${beginFrame}${clearScreen}${after.join(beginFrame)}`;
		}

		return text;
	};

	stdout.write = (chunk: string | Uint8Array, ...rest: []) =>
		write.call(
			stdout,
			typeof chunk === 'string' ? cleared(chunk) : chunk,
			...rest,
		);
	return () => {
		stdout.write = write;
	};
}
