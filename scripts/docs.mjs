// Writes the tables in the docs that come from the code: node scripts/docs.mjs
import fs from 'node:fs';
import {registerHooks} from 'node:module';
import path from 'node:path';
import process from 'node:process';

// Our imports name the JavaScript that becomes of each file; here the files run as they are.
registerHooks({
	resolve(specifier, context, nextResolve) {
		const isOurs =
			specifier.startsWith('.') &&
			!context.parentURL.includes('/node_modules/');
		return nextResolve(
			isOurs ? specifier.replace(/\.js$/v, '.ts') : specifier,
			context,
		);
	},
});

const {pages, withTables} = await import('./docs/pages.ts');
const root = path.resolve(import.meta.dirname, '..');

for (const page of pages) {
	const file = path.join(root, page.file);
	const text = fs.readFileSync(file, 'utf8');
	const fresh = withTables(text, page.tables);
	if (fresh === text) {
		continue;
	}

	fs.writeFileSync(file, fresh);
	process.stdout.write(`${page.file}\n`);
}
