/**
A terminal that is gone cannot be put right any more, and whoever tries at the end must not stumble
over it: from now on `setRawMode` does nothing there.
*/
export function forgiveLostTerminal(stdin: NodeJS.ReadStream): void {
	const setRawMode = stdin.setRawMode?.bind(stdin);
	if (!setRawMode) {
		return;
	}

	stdin.setRawMode = (mode) => {
		try {
			return setRawMode(mode);
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code === 'EIO') {
				return stdin;
			}

			throw error;
		}
	};
}
