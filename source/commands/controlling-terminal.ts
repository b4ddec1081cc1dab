import fs from 'node:fs';

/**
Whether this process belongs to a terminal, wherever its streams lead.
*/
export function hasControllingTerminal(): boolean {
	try {
		fs.closeSync(fs.openSync('/dev/tty', 'r'));
		return true;
	} catch {
		return false;
	}
}
