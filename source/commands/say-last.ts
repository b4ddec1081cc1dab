import process from 'node:process';

/**
Writes what stays in the scrollback. The terminal may be gone: then there is nobody to tell.
*/
export function sayLast(text: string): void {
	process.stdout.on('error', () => {
		// As said above.
	});
	process.stdout.write(text);
}
