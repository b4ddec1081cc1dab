import fs from 'node:fs';
import path from 'node:path';

/**
Editors write in several steps. A file is looked at when it has been quiet for so long.
*/
const quietMs = 50;
const pollMs = 1000;
/**
Some editors empty a file or take it away before they write it anew.
*/
const blankMs = 500;
/**
File systems count time in coarse steps: two changes within one look the same.
*/
const stepMs = 100;

export type FileWatch = Readonly<{close(): void}>;

/**
Calls when a file may have changed: once soon after the start, then soon after it was written, replaced,
taken away or put back. It may call for nothing. A file that is gone or empty is told of when it has been
so for a moment.

Not its folder is watched: a usage log that lies beside it would wake us with each write. Where watching is
not to be had, looking at the file's time each second will do.
*/
export function watchFile(file: string, onChange: () => void): FileWatch {
	let watcher: fs.FSWatcher | undefined;
	let watched: string | undefined;
	let known: string | undefined;
	let blankSince: number | undefined;
	let quiet: NodeJS.Timeout | undefined;

	const unwatch = () => {
		watcher?.close();
		watcher = undefined;
		watched = undefined;
	};

	const watch = (identity: string | undefined) => {
		if (identity === watched) {
			return;
		}

		unwatch();
		try {
			// eslint-disable-next-line n/prefer-promises/fs -- That one tells of nothing until it is asked.
			watcher = fs.watch(file, {persistent: false}, soon).on('error', unwatch);
			watched = identity;
		} catch {
			// Gone again, or nothing more can be watched here.
		}
	};

	const look = () => {
		const looks = looksOf(file);
		watch(looks.identity);
		blankSince = looks.isBlank ? (blankSince ?? Date.now()) : undefined;
		known = looks.isSettled ? looks.signature : undefined;
		if (blankSince !== undefined && Date.now() - blankSince < blankMs) {
			known = undefined;
			return;
		}

		onChange();
	};

	function soon(): void {
		clearTimeout(quiet);
		quiet = setTimeout(look, quietMs);
		quiet.unref();
	}

	const poll = setInterval(() => {
		if (looksOf(file).signature !== known) {
			soon();
		}
	}, pollMs);
	poll.unref();
	soon();
	return {
		close() {
			clearInterval(poll);
			clearTimeout(quiet);
			unwatch();
		},
	};
}

type Looks = Readonly<{
	/**
	Which file it is; undefined where there is none.
	*/
	identity: string | undefined;
	signature: string;
	isBlank: boolean;
	/**
	Whether a further change would show in the signature.
	*/
	isSettled: boolean;
}>;

function looksOf(file: string): Looks {
	try {
		const {dev, ino, size, mode, mtimeMs, ctimeMs} = fs.statSync(file);
		// Who may write to it counts as well.
		const folders = [file, fs.realpathSync(file)].map((one) =>
			fs.statSync(path.dirname(one)),
		);
		return {
			identity: `${dev}:${ino}`,
			signature: [
				dev,
				ino,
				size,
				mode,
				mtimeMs,
				ctimeMs,
				...folders.flatMap((folder) => [folder.mode, folder.uid]),
			].join(':'),
			isBlank: size === 0,
			isSettled: Date.now() - Math.max(mtimeMs, ctimeMs) > stepMs,
		};
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		return {
			identity: undefined,
			signature: String(code),
			isBlank: true,
			isSettled: true,
		};
	}
}
