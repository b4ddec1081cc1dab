import fs from 'node:fs';

/**
Tells files of one name apart; undefined where there is none.
*/
export const inodeOf = (path: string): number | undefined =>
	fs.statSync(path, {throwIfNoEntry: false})?.ino;
