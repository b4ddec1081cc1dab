import type {Ask} from '../../doctor/ask.js';
import {withoutKeyShapes} from '../../exchange/clean.js';

/**
So long nobody minds.
*/
const momentMs = 1000;
const eraseLine = '\r\u{1B}[K';

/**
Says on a terminal what is waited for, where that takes longer than a moment, and takes it away again. Of several
questions at once it is the first.
*/
export function withWaiting(
	ask: Ask,
	terminal: Pick<NodeJS.WriteStream, 'write' | 'columns'>,
): Ask {
	let isSaid = false;
	return async (request) => {
		let isOurs = false;
		const timer = setTimeout(() => {
			if (isSaid) {
				return;
			}

			isOurs = true;
			isSaid = true;
			const path = withoutKeyShapes(request.url.pathname);
			const words = `  waiting for ${request.method} ${path} ...`;
			terminal.write(words.slice(0, Math.max(0, (terminal.columns || 80) - 1)));
		}, momentMs);
		try {
			return await ask(request);
		} finally {
			clearTimeout(timer);
			if (isOurs) {
				isSaid = false;
				terminal.write(eraseLine);
			}
		}
	};
}
