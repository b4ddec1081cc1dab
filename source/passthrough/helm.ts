import type Database from 'better-sqlite3';
import {
	prepareControl,
	readChanges,
	writeChange,
} from '../control/control-rows.js';
import type {
	Active,
	Change,
	Changes,
	CountedDay,
	Pause,
	Setter,
	TodaysCaps,
	Wishes,
	WishName,
} from '../control/steering.js';
import {insteadOfGone, switchTo} from '../control/switch-to.js';
import {afterRequest, atTime, pauseAtTime} from '../policy/switches.js';
import {openLogReadonly} from '../usage-log/open-readonly.js';
import {writtenMark} from '../usage-log/written-mark.js';
import type {Recorder} from '../usage-log/recorder.js';
import {Gate} from './gate.js';

export type HelmOptions = Readonly<{
	home: string;
	recorder: Pick<Recorder, 'look' | 'progress' | 'path'>;
	now(): number;
	/**
	The active alias of the config, where nobody has chosen another; null: none.
	*/
	first(): string | null;
	/**
	Whether there is an alias of this name.
	*/
	isAlias(name: string): boolean;
	/**
	Something else is in force now: to be told to all who look.
	*/
	onChange(): void;
}>;

type InForceNow = {
	active: Change<Active>;
	pause: Change<Pause>;
	caps?: Change<TodaysCaps> | undefined;
	day?: Change<CountedDay> | undefined;
};

type Said = Readonly<{setBy: Setter; reason: string | null}>;

const off: Pause = {mode: 'off', until: null};

/**
What is in force of all that may be changed while we run: the active alias, and whether the agent has to
wait. Others write their wishes beside the log; they are taken from there. What changes by itself is
written there too, so that it is still so after a restart.
*/
export class Helm {
	/**
	Where requests are held while we are paused.
	*/
	readonly gate = new Gate();
	readonly #options: HelmOptions;
	readonly #inForce: InForceNow;
	/**
	What is in force and not yet written.
	*/
	readonly #unwritten = new Set<WishName>();
	#seen: string | undefined;
	#newest = 0;

	constructor(options: HelmOptions) {
		this.#options = options;
		const by = {
			change: 0,
			setBy: 'config',
			setAt: options.now(),
			reason: null,
		} as const;
		this.#inForce = {
			active: {...by, value: switchTo(options.first(), undefined)},
			pause: {...by, value: off},
		};
		this.#look();
		if (this.#seen === undefined) {
			this.#recall();
		}
	}

	get active(): Change<Active> {
		return this.#inForce.active;
	}

	get pause(): Change<Pause> {
		return this.#inForce.pause;
	}

	/**
	What somebody has set for today. Those of other days are of no meaning.
	*/
	get todaysCaps(): TodaysCaps {
		return this.#inForce.caps?.value ?? {};
	}

	/**
	The day that counts, as far as that was said yet.
	*/
	get day(): CountedDay | undefined {
		return this.#inForce.day?.value;
	}

	/**
	Another day counts now. It outlives a restart, and holds until its end.
	*/
	setDay(day: CountedDay): void {
		this.#set('day', day, {setBy: 'time', reason: null});
	}

	/**
	The active alias holds for so many requests.
	*/
	get isCounting(): boolean {
		return this.#inForce.active.value.requestsLeft !== null;
	}

	get isPaused(): boolean {
		return this.#inForce.pause.value.mode !== 'off';
	}

	/**
	The number of the newest change that has been looked at and is in force, or cannot be.
	*/
	get change(): number {
		return this.#newest;
	}

	/**
	To be called ten times a second: takes what others wish, and what time brings.
	*/
	poll(): void {
		this.#look();
		const at = this.#options.now();
		const active = atTime(this.#inForce.active.value, at);
		if (active !== undefined) {
			this.#set('active', active.value, {...active, reason: null});
		}

		const pause = pauseAtTime(this.#inForce.pause.value, at);
		if (pause !== undefined) {
			this.#set('pause', pause.value, {...pause, reason: null});
		}

		this.#write();
	}

	/**
	The active alias has decided where a request goes: a counted switch counts it.
	*/
	steered(): void {
		const {value} = this.#inForce.active;
		const after = afterRequest(value);
		if (after === undefined) {
			return;
		}

		const hasRunOut = after.value.requestsLeft === null;
		this.#set(
			'active',
			after.value,
			hasRunOut ? {...after, reason: null} : this.#inForce.active,
		);
	}

	/**
	Makes the agent wait, for a reason of our own. A pause that somebody asked for stays as it is.
	*/
	pauseFor(said: Said, until: number | null): void {
		if (this.#inForce.pause.value.mode !== 'off') {
			return;
		}

		this.#set('pause', {mode: 'hold', until}, said);
		this.#write();
	}

	/**
	The config has changed: what nobody else has chosen is as it says, and an alias that is gone cannot stay
	the active one.
	*/
	followConfig(): void {
		const {value, reason, ...said} = this.#inForce.active;
		const {first, isAlias} = this.#options;
		if (said.setBy === 'config' && reason === null) {
			const alias = first();
			if (alias !== value.alias && (alias === null || isAlias(alias))) {
				this.#set('active', switchTo(alias, undefined), {
					setBy: 'config',
					reason: null,
				});
				return;
			}
		}

		const instead = insteadOfGone(value, {first: first(), isAlias});
		if (instead !== undefined) {
			this.#set('active', instead.value, instead);
		}
	}

	#look(): void {
		const {recorder, home} = this.#options;
		const found = recorder.look((db, generation) => {
			const seen = writtenMark(db, generation);
			if (seen === this.#seen) {
				return undefined;
			}

			const changes = readChanges(db, home);
			this.#seen = seen;
			return changes;
		});
		if (found !== undefined) {
			this.#take(found);
		}
	}

	/**
	A log that cannot be written, as on a full disk, may still tell what held before we started.
	*/
	#recall(): void {
		const {recorder, home} = this.#options;
		let changes: Changes;
		try {
			using opened = openLogReadonly(recorder.path);
			changes = readChanges(opened.db, home);
		} catch {
			// It is looked at as soon as it can be.
			return;
		}

		this.#take(changes);
	}

	#take(changes: Changes): void {
		const before = [
			this.#inForce.active,
			this.#inForce.pause,
			this.#inForce.caps,
		];
		this.#newest = Math.max(
			0,
			...Object.values(changes).map(({change}) => change),
		);
		if (changes.active === undefined) {
			this.#unwritten.add('active');
		} else if (changes.active.change !== this.#inForce.active.change) {
			this.#inForce.active = changes.active;
			this.#unwritten.delete('active');
			this.followConfig();
		}

		if (changes.pause === undefined) {
			this.#unwritten.add('pause');
		} else if (changes.pause.change !== this.#inForce.pause.change) {
			this.#inForce.pause = changes.pause;
			this.#unwritten.delete('pause');
		}

		this.#takeDay(changes.day);
		if (changes.caps === undefined) {
			if (this.#inForce.caps !== undefined) {
				this.#unwritten.add('caps');
			}
		} else if (changes.caps.change !== this.#inForce.caps?.change) {
			this.#inForce.caps = changes.caps;
			this.#unwritten.delete('caps');
		}

		const now = [this.#inForce.active, this.#inForce.pause, this.#inForce.caps];
		if (now.some((one, index) => one !== before[index])) {
			this.#changed();
		}
	}

	/**
	Nobody else says which day counts: it is taken as it was before a restart.
	*/
	#takeDay(day: Changes['day']): void {
		if (day === undefined) {
			if (this.#inForce.day !== undefined) {
				this.#unwritten.add('day');
			}
		} else if (!this.#unwritten.has('day')) {
			this.#inForce.day = day;
		}
	}

	#set<Name extends WishName>(
		name: Name,
		value: Wishes[Name],
		said: Said,
	): void {
		this.#put(name, {
			change: this.#inForce[name]?.change ?? 0,
			value,
			setBy: said.setBy,
			setAt: this.#options.now(),
			reason: said.reason,
		});
		this.#unwritten.add(name);
		this.#changed();
	}

	#put(name: WishName, change: Change<Wishes[WishName]>): void {
		Object.assign(this.#inForce, {[name]: change});
	}

	#write(): void {
		if (this.#unwritten.size === 0) {
			return;
		}

		const names = [...this.#unwritten];
		const written = new Map<WishName, number>();
		const isWritten = this.#options.recorder.progress([], (db) => {
			prepareControl(db);
			for (const name of names) {
				written.set(name, this.#writeOne(db, name));
			}
		});
		if (!isWritten) {
			return;
		}

		for (const [name, change] of written) {
			this.#unwritten.delete(name);
			this.#put(name, {...this.#inForce[name]!, change});
		}

		// Somebody may have written between our last look and now: what we say is in force we have seen.
		this.#seen = undefined;
		this.#look();
		this.#options.onChange();
	}

	#writeOne(db: Database.Database, name: WishName): number {
		const {value, ...by} = this.#inForce[name]!;
		const theirs = readChanges(db, this.#options.home)[name];
		// What somebody has wished for since counts more; it is taken at the next look.
		return theirs !== undefined && theirs.change > by.change
			? by.change
			: writeChange(db, this.#options.home, name, value as never, by);
	}

	#changed(): void {
		const {mode} = this.#inForce.pause.value;
		if (mode === 'off') {
			this.gate.open();
		} else {
			this.gate.close();
		}

		if (mode === 'refuse') {
			this.gate.turnAway();
		}

		this.#options.onChange();
	}
}
