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
	Pause,
	Setter,
	Wishes,
	WishName,
} from '../control/steering.js';
import {insteadOfGone, switchTo} from '../control/switch-to.js';
import {afterRequest, atTime, pauseAtTime} from '../policy/switches.js';
import type {Recorder} from '../usage-log/recorder.js';
import {Gate} from './gate.js';

export type HelmOptions = Readonly<{
	home: string;
	recorder: Pick<Recorder, 'look' | 'progress'>;
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
	#active: Change<Active>;
	#pause: Change<Pause>;
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
		this.#active = {...by, value: switchTo(options.first(), undefined)};
		this.#pause = {...by, value: off};
		this.#look();
	}

	get active(): Change<Active> {
		return this.#active;
	}

	get pause(): Change<Pause> {
		return this.#pause;
	}

	/**
	The active alias holds for so many requests.
	*/
	get isCounting(): boolean {
		return this.#active.value.requestsLeft !== null;
	}

	get isPaused(): boolean {
		return this.#pause.value.mode !== 'off';
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
		const active = atTime(this.#active.value, at);
		if (active !== undefined) {
			this.#set('active', active.value, {...active, reason: null});
		}

		const pause = pauseAtTime(this.#pause.value, at);
		if (pause !== undefined) {
			this.#set('pause', pause.value, {...pause, reason: null});
		}

		this.#write();
	}

	/**
	The active alias has decided where a request goes: a counted switch counts it.
	*/
	steered(): void {
		const {value} = this.#active;
		const after = afterRequest(value);
		if (after === undefined) {
			return;
		}

		const hasRunOut = after.value.requestsLeft === null;
		this.#set(
			'active',
			after.value,
			hasRunOut ? {...after, reason: null} : this.#active,
		);
	}

	/**
	Makes the agent wait, for a reason of our own. A pause that somebody asked for stays as it is.
	*/
	pauseFor(said: Said, until: number): void {
		if (this.#pause.value.mode !== 'off') {
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
		const {value, reason, ...said} = this.#active;
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
			const seen = `${generation} ${String(db.pragma('data_version', {simple: true}))}`;
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

	#take(changes: Changes): void {
		const before = [this.#active, this.#pause];
		this.#newest = Math.max(
			0,
			...Object.values(changes).map(({change}) => change),
		);
		if (changes.active === undefined) {
			this.#unwritten.add('active');
		} else if (changes.active.change !== this.#active.change) {
			this.#active = changes.active;
			this.#unwritten.delete('active');
			this.followConfig();
		}

		if (changes.pause === undefined) {
			this.#unwritten.add('pause');
		} else if (changes.pause.change !== this.#pause.change) {
			this.#pause = changes.pause;
			this.#unwritten.delete('pause');
		}

		if (before[0] !== this.#active || before[1] !== this.#pause) {
			this.#changed();
		}
	}

	#set<Name extends WishName>(
		name: Name,
		value: Wishes[Name],
		said: Said,
	): void {
		const before = name === 'active' ? this.#active : this.#pause;
		const change: Change<Wishes[Name]> = {
			change: before.change,
			value,
			setBy: said.setBy,
			setAt: this.#options.now(),
			reason: said.reason,
		};
		if (name === 'active') {
			this.#active = change as Change<Active>;
		} else {
			this.#pause = change as Change<Pause>;
		}

		this.#unwritten.add(name);
		this.#changed();
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
			if (name === 'active') {
				this.#active = {...this.#active, change};
			} else {
				this.#pause = {...this.#pause, change};
			}
		}

		// Somebody may have written between our last look and now: what we say is in force we have seen.
		this.#seen = undefined;
		this.#look();
		this.#options.onChange();
	}

	#writeOne(db: Database.Database, name: WishName): number {
		const {value, ...by} = name === 'active' ? this.#active : this.#pause;
		const theirs = readChanges(db, this.#options.home)[name];
		// What somebody has wished for since counts more; it is taken at the next look.
		return theirs !== undefined && theirs.change > by.change
			? by.change
			: writeChange(db, this.#options.home, name, value as never, by);
	}

	#changed(): void {
		const {mode} = this.#pause.value;
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
