import {openLogReadonly} from '../usage-log/open-readonly.js';
import {askIdentity} from './identity.js';
import {isLockHeld, readHolder, type Holder, type LockFiles} from './lock.js';
import type {Identity} from './passthrough-row.js';
import {readPassthroughs} from './passthroughs.js';

/**
The passthrough of a home as it was found.
- `serving`: it answered under the name it left beside the lock.
- `leaving`: it has the lock, takes no more requests, and waits for its last ones to end.
- `silent`: something has the lock and does not answer: it is just starting, or stuck.
- `none`: nothing has the lock.
*/
export type Found = Readonly<
	| {kind: 'serving'; holder: Holder; identity: Identity}
	| {kind: 'leaving'; holder: Holder}
	| {kind: 'silent'; holder: Holder | undefined}
	| {kind: 'none'}
>;

/**
Looks for the passthrough of a home. A word left in a file is not believed: whoever has the port it
names must answer with the same instance.
*/
export async function findPassthrough(files: LockFiles): Promise<Found> {
	if (!isLockHeld(files)) {
		return {kind: 'none'};
	}

	const holder = readHolder(files);
	if (holder === undefined) {
		return {kind: 'silent', holder};
	}

	const identity = await askIdentity(holder.url);
	if (identity?.instance === holder.instance) {
		return {kind: 'serving', holder, identity};
	}

	return isLockHeld(files)
		? {kind: saysItLeaves(holder) ? 'leaving' : 'silent', holder}
		: {kind: 'none'};
}

/**
One that leaves no longer listens; its row beside the log tells.
*/
function saysItLeaves({instance, log}: Holder): boolean {
	try {
		using opened = openLogReadonly(log);
		return readPassthroughs(opened.db).some(
			(row) => row.instance === instance && row.state !== 'serving',
		);
	} catch {
		// A log that cannot be read tells nothing.
		return false;
	}
}
