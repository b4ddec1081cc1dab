import v8 from 'node:v8';
import vm from 'node:vm';

/**
`minor`: young objects alone. `last-resort`: all, and what is free then goes back to the system.
*/
export type Collection = 'minor' | 'last-resort';

type Options = Readonly<{
	type: 'minor' | 'major';
	execution: 'sync';
	flavor: 'regular' | 'last-resort';
}>;

let collect: ((options: Options) => void) | undefined;

/**
Collects garbage now. Node hands this out on a flag alone; the flag may be set at any time, and counts in new
contexts.
*/
export function collectGarbage(collection: Collection): void {
	if (collect === undefined) {
		v8.setFlagsFromString('--expose-gc');
		collect = (vm.runInNewContext('gc') as typeof collect) ?? (() => undefined);
		v8.setFlagsFromString('--no-expose-gc');
	}

	collect(
		collection === 'minor'
			? {type: 'minor', execution: 'sync', flavor: 'regular'}
			: {type: 'major', execution: 'sync', flavor: 'last-resort'},
	);
}
