/**
SQLite says that this is no database, or a broken one.
*/
export function isCorrupt(error: unknown): boolean {
	const code = codeOf(error);
	return code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB';
}

export function isBusy(error: unknown): boolean {
	const code = codeOf(error);
	return code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED');
}

export const codeOf = (error: unknown): string =>
	(error as {code?: string} | undefined)?.code ?? '';

/**
The code of the error that a file is the database of another program.
*/
export const foreignCode = 'EFOREIGN';

const notPermitted: ReadonlySet<string> = new Set([
	'SQLITE_READONLY',
	'SQLITE_PERM',
	'EACCES',
	'EPERM',
	'EROFS',
]);

/**
Says in words why the log cannot be written.
*/
export function troubleInWords(error: unknown): string {
	const code = codeOf(error);
	if (isBusy(error)) {
		return 'another program holds its write lock';
	}

	if (code === 'SQLITE_FULL' || code === 'ENOSPC') {
		return 'the disk is full';
	}

	if (isCorrupt(error)) {
		return 'the file is broken';
	}

	if (code === foreignCode) {
		return 'it is the database of another program';
	}

	if (notPermitted.has(code)) {
		return 'writing to it is not permitted';
	}

	if (code.startsWith('SQLITE_CANTOPEN') || code === 'ENOENT') {
		return 'it cannot be opened';
	}

	if (code.startsWith('SQLITE_IOERR') || code === 'EIO') {
		return `the disk does not work as it should (${code})`;
	}

	return code === '' ? (error as Error).message : code;
}
