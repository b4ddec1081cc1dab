import {findPassthrough} from '../../control/find-passthrough.js';
import {askIdentity} from '../../control/identity.js';
import {isRunning} from '../../control/is-running.js';
import {isLockHeld, readHolder, type LockFiles} from '../../control/lock.js';
import type {Identity, PassthroughRow} from '../../control/passthrough-row.js';
import type {Bell} from './bell.js';
import {crashLogSize, lastWordsSince} from './crash-log.js';
import type {Kept, Running} from './kept.js';
import type {PassthroughEnd} from './spawn-passthrough.js';

export type Watching = Readonly<{
	files: LockFiles;
	crashLog: string;
	bell: Bell;
	isClosed(): boolean;
	/**
	What a passthrough last said of itself beside the log.
	*/
	rowOf(instance: string): PassthroughRow | undefined;
	/**
	It has answered over its port.
	*/
	onHeard(identity: Identity): void;
}>;

/**
How the watch over one passthrough ended. `left`: it went of its own will, or was asked to.
*/
export type Watched = Readonly<
	| {kind: 'left' | 'closed'}
	| {kind: 'replaced'; by: Running}
	| {kind: 'died'; end: PassthroughEnd}
>;

const lookMs = 1000;
/**
Its heart beats every second; after so long it is asked over its port.
*/
const silentMs = 2000;
/**
Looks between two times that it is asked though its heart beats.
*/
const askEvery = 15;

/**
Looks after a passthrough every second until it is gone.
*/
export async function watch(kept: Kept, watching: Watching): Promise<Watched> {
	const {files, crashLog, bell, isClosed} = watching;
	const {instance} = kept.running.holder;
	const crashLogBefore = crashLogSize(crashLog);
	let end: PassthroughEnd | undefined;
	let {identity} = kept.running;
	void kept.child?.ended.then((ended) => {
		end = ended;
		bell.ring();
	});
	/* eslint-disable no-await-in-loop -- One look after the other. */
	for (let look = 1; ; look++) {
		await bell.pause(lookMs);
		if (isClosed()) {
			return {kind: 'closed'};
		}

		const beatAt = watching.rowOf(instance)?.heartbeatAt ?? 0;
		const isBeating = Date.now() - beatAt <= silentMs;
		// The lock is the proof, and dear: it is asked where there is a doubt.
		const isDoubted = !isBeating || !isRunning(kept.running.holder.pid);
		const isGone = kept.child
			? end !== undefined
			: isDoubted && !isLockHeld(files);
		if (isGone) {
			const words = lastWordsSince(crashLog, crashLogBefore);
			return wentOrderly(instance, watching) || end?.code === 0
				? {kind: 'left'}
				: {kind: 'died', end: end ?? {code: null, signal: null, words}};
		}

		const by = await successorOf(instance, files);
		if (by) {
			return {kind: 'replaced', by};
		}

		if (isBeating && identity.recording && look % askEvery > 0) {
			continue;
		}

		// Where it cannot write, its port tells what its row cannot.
		const heard = await askIdentity(kept.running.holder.url);
		if (heard?.instance !== instance) {
			continue;
		}

		identity = heard;
		watching.onHeard(heard);
	}
	/* eslint-enable no-await-in-loop */
}

/**
Who leaves of its own will takes its announcement back, even where it cannot write to the log.
*/
function wentOrderly(instance: string, {files, rowOf}: Watching): boolean {
	const row = rowOf(instance);
	return (
		(row !== undefined && row.state !== 'serving') ||
		readHolder(files)?.instance !== instance
	);
}

async function successorOf(
	instance: string,
	files: LockFiles,
): Promise<Running | undefined> {
	if ((readHolder(files)?.instance ?? instance) === instance) {
		return undefined;
	}

	const found = await findPassthrough(files);
	return found.kind === 'serving' ? found : undefined;
}
