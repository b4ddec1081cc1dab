import {registerHooks} from 'node:module';

/**
Lets the files of the source run as they are from now on: their imports name the JavaScript that becomes
of each.
*/
export const runFromSource = () =>
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
