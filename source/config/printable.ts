import {withoutKeyShapes} from '../exchange/clean.js';

/**
A name as the user wrote it, safe to print: a long one may be a key that was pasted where a name belongs.
*/
export function printable(name: string): string {
	const shown = name.length > 24 ? withoutKeyShapes(name) : name;
	const clean = shown.replaceAll(/\p{Other}/gu, '?');
	return clean.length > 64 ? `${clean.slice(0, 63)}…` : clean;
}
