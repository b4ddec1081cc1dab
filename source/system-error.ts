import {UserError} from './user-error.js';

const reasons: Readonly<Record<string, readonly [why: string, hint: string]>> =
	{
		ENOSPC: ['its disk is full', 'Make room on it, and start again.'],
		EDQUOT: ['your quota is used up', 'Make room, and start again.'],
		EROFS: [
			'its disk is read-only',
			'Name a folder that can be written to with --home DIR.',
		],
		EACCES: ['it is not yours to use', 'Look who owns it with: ls -ld'],
		EPERM: ['it is not yours to use', 'Look who owns it with: ls -ld'],
		EIO: ['its disk does not work as it should', 'Look after the disk.'],
	};

/**
What the system refused, in words, where the user can put it right; undefined for anything else.
*/
export function systemErrorInWords(error: unknown): UserError | undefined {
	const {code, path, syscall} = error as Partial<NodeJS.ErrnoException>;
	if (syscall === 'uv_cwd' || syscall === 'process.cwd') {
		return new UserError(
			'The folder this was started in is gone.',
			'Go to one that is there, and start again.',
			{cause: error},
		);
	}

	const [why, hint] = reasons[code ?? ''] ?? [];
	// A write that fails does not say where.
	return why === undefined || hint === undefined
		? undefined
		: new UserError(`${path ?? 'A file'} cannot be used: ${why}.`, hint, {
				cause: error,
			});
}
