/**
What wipes the screen and puts the cursor into its first cell.
*/
export const clearScreen = '\u{1B}[2J\u{1B}[H';

const enterAlternateScreen = '\u{1B}[?1049h';

/**
Has every entry into the alternate screen begin with an empty one, until the returned function is called.
Terminals leave the cursor where it stood, and Ink counts its lines from there.
*/
export function clearOnEntry(stdout: NodeJS.WriteStream): () => void {
	const {write} = stdout;
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

const cleared = (text: string): string =>
	text
		.split(enterAlternateScreen)
		.join(`${enterAlternateScreen}${clearScreen}`);
