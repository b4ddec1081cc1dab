import fs from 'node:fs';
import {findPassthrough} from '../../control/find-passthrough.js';
import {readHolder, type LockFiles} from '../../control/lock.js';
import type {PassthroughRow} from '../../control/passthrough-row.js';
import type {
	Supervisor,
	SupervisorState,
} from '../../monitor/supervisor-state.js';
import {begin, type Begun} from './begin.js';
import {createBell} from './bell.js';
import {joined, type Kept, type Running} from './kept.js';
import {reasonOf, restartDelayMs} from './restart.js';
import type {PassthroughChild, PassthroughEnd} from './spawn-passthrough.js';
import {stopPassthrough} from './stop-passthrough.js';
import {watch, type Watched} from './watch.js';

export type SuperviseOptions = Readonly<{
	files: LockFiles;
	crashLog: string;
	/**
	When it changes while nothing runs, the next start is made at once.
	*/
	configFile: string;
	spawn(): PassthroughChild;
	/**
	What a passthrough last said of itself beside the log.
	*/
	rowOf(instance: string): PassthroughRow | undefined;
	/**
	One that was heard just now.
	*/
	found: Running | undefined;
}>;

const lookMs = 1000;
/**
One that has served for so long did not die of its start.
*/
const steadyMs = 60_000;

/**
Keeps a passthrough of one home at hand: joins the one that runs, starts one where none does, and again
when it dies. One that leaves of its own will, or is stopped by somebody, is not started again.
*/
export class PassthroughSupervisor implements Supervisor {
	readonly #options: SuperviseOptions;
	readonly #listeners = new Set<() => void>();
	readonly #bell = createBell();
	#state: SupervisorState = {kind: 'starting'};
	#kept: Kept | undefined;
	#children: PassthroughChild[] = [];
	#isStopping = false;
	#isClosed = false;
	/**
	Starts and deaths since one served steadily.
	*/
	#failures = 0;

	constructor(options: SuperviseOptions) {
		this.#options = options;
		void this.#keep();
	}

	subscribe(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => {
			this.#listeners.delete(listener);
		};
	}

	current(): SupervisorState {
		return this.#state;
	}

	/**
	The one that is kept now.
	*/
	get running(): Running | undefined {
		return this.#kept?.running;
	}

	/**
	Those that were started here and have not ended.
	*/
	get children(): readonly PassthroughChild[] {
		return this.#children;
	}

	async stopPassthrough(): Promise<void> {
		this.#isStopping = true;
		try {
			if (this.#kept) {
				await stopPassthrough(this.#kept.running.holder, this.#options.files);
			}

			this.#set({kind: 'stopped'});
		} catch (error) {
			this.#isStopping = false;
			throw error;
		}
	}

	/**
	Looks after it no longer. It serves on.
	*/
	close(): void {
		this.#isClosed = true;
		this.#listeners.clear();
		this.#bell.ring();
	}

	/* eslint-disable no-await-in-loop -- One life of a passthrough after the other. */

	async #keep(): Promise<void> {
		let next = this.#options.found;
		while (!this.#isClosed) {
			const begun: Begun = next
				? {kind: 'kept', kept: joined(next)}
				: await begin({
						...this.#surroundings(),
						spawn: () => this.#spawn(),
					});
			next = await this.#after(begun);
		}
	}

	/**
	Answers the passthrough to join next; undefined where one has to be looked for, or started.
	*/
	async #after(begun: Begun): Promise<Running | undefined> {
		switch (begun.kind) {
			case 'kept': {
				return this.#lookAfter(begun.kept);
			}

			case 'failed': {
				return this.#waitAfter(begun.end);
			}

			case 'occupied': {
				const {reason} = begun;
				this.#set({kind: 'down', reason, retryAtMs: undefined});
				await this.#bell.pause(lookMs);
				return undefined;
			}

			case 'closed': {
				return undefined;
			}
		}
	}

	async #lookAfter(kept: Kept): Promise<Running | undefined> {
		const {kind, running} = kept;
		const heardAt = performance.now();
		this.#kept = kept;
		this.#set({kind, identity: running.identity});
		const watched = await watch(kept, {
			...this.#surroundings(),
			onHeard: (identity) => {
				this.#set({kind, identity});
			},
		});
		this.#kept = undefined;
		if (performance.now() - heardAt > steadyMs) {
			this.#failures = 0;
		}

		return this.#afterLife(watched);
	}

	async #afterLife(watched: Watched): Promise<Running | undefined> {
		switch (watched.kind) {
			case 'replaced': {
				return watched.by;
			}

			case 'left': {
				return this.#waitForAnother();
			}

			case 'died': {
				return this.#isStopping
					? this.#waitForAnother()
					: this.#waitAfter(watched.end);
			}

			case 'closed': {
				return undefined;
			}
		}
	}

	/**
	Waits before the next start. Answers the passthrough that somebody else has started meanwhile.
	*/
	async #waitAfter(end: PassthroughEnd): Promise<Running | undefined> {
		this.#failures++;
		const waitMs = restartDelayMs(this.#failures, end.words);
		const retryAtMs = Date.now() + waitMs;
		this.#set({kind: 'down', reason: reasonOf(end), retryAtMs});
		const before = this.#circumstances();
		const endsAt = performance.now() + waitMs;
		while (!this.#isClosed && performance.now() < endsAt) {
			await this.#bell.pause(Math.min(lookMs, endsAt - performance.now()));
			const found = await this.#find();
			if (found !== undefined || this.#circumstances() !== before) {
				return found;
			}
		}

		return undefined;
	}

	async #waitForAnother(): Promise<Running | undefined> {
		this.#failures = 0;
		this.#set({kind: 'stopped'});
		while (!this.#isClosed) {
			await this.#bell.pause(lookMs);
			const found = await this.#find();
			if (found) {
				this.#isStopping = false;
				return found;
			}
		}

		return undefined;
	}

	/* eslint-enable no-await-in-loop */

	async #find(): Promise<Running | undefined> {
		const found = await findPassthrough(this.#options.files);
		return found.kind === 'serving' ? found : undefined;
	}

	#spawn(): PassthroughChild {
		const child = this.#options.spawn();
		this.#children = [...this.#children, child];
		void child.ended.then(() => {
			this.#children = this.#children.filter((other) => other !== child);
		});
		return child;
	}

	#surroundings() {
		const {files, crashLog, rowOf} = this.#options;
		const isClosed = () => this.#isClosed;
		return {files, crashLog, rowOf, bell: this.#bell, isClosed};
	}

	/**
	What may make the next start go better than the last: another config, another holder of the lock.
	*/
	#circumstances(): string {
		const {configFile, files} = this.#options;
		const config = fs.statSync(configFile, {throwIfNoEntry: false});
		return `${config?.mtimeMs} ${readHolder(files)?.instance}`;
	}

	#set(state: SupervisorState): void {
		this.#state = state;
		for (const listener of this.#listeners) {
			listener();
		}
	}
}
