import fs from 'node:fs';
import type {StdioOptions} from 'node:child_process';

/**
What a child has of our open files: those of the terminal, and those that its words name, as a shell writes them for
`<(…)`: `/dev/fd/63`, `/proc/self/fd/12`. Node closes all others.
*/
export function handedFiles(words: readonly string[]): StdioOptions {
	const named = words
		.map((word) =>
			Number(
				/(?:^|=)\/(?:dev|proc\/self)\/fd\/(?<at>\d{1,4})$/v.exec(word)?.groups![
					'at'
				],
			),
		)
		.filter((at) => at > 2 && isOpen(at));
	return Array.from({length: Math.max(2, ...named) + 1}, (_, at) =>
		at <= 2 ? 'inherit' : named.includes(at) ? at : 'ignore',
	);
}

function isOpen(descriptor: number): boolean {
	try {
		fs.fstatSync(descriptor);
		return true;
	} catch {
		return false;
	}
}
