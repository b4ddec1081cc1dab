import type {CapDay, capDayAt as dayRule} from '../calendar/cap-day.js';
import type {Config, KeyConfig} from '../config/config.js';
import {machineZone} from '../config/machine-zone.js';
import {systemZone} from '../config/day-kinds.js';
import type {KeyStanding} from '../control/steering.js';
import {todaysCapOf} from '../control/todays-caps.js';
import type {Cap} from '../policy/admission.js';
import {spentShare, stepOf, stepsOf} from '../policy/cap-steps.js';
import {LearnedOutputs, mostOutputs} from '../policy/learned-outputs.js';
import {
	carry,
	outputsOf,
	readStanding,
	type Standing,
} from '../usage-log/ledger.js';
import type {Recorder} from '../usage-log/recorder.js';
import type {Helm} from './helm.js';
import {Line} from './line.js';

/**
What holds for a key today.
*/
export type Capped = Readonly<{
	key: KeyConfig;
	cap: Cap;
	/**
	The day that counts, epoch milliseconds.
	*/
	day: CapDay;
}>;

type CapDayAt = typeof dayRule;

type Known = Readonly<{day: CapDay; standing: Standing}>;

export type CapsOptions = Readonly<{
	recorder: Pick<Recorder, 'look' | 'progress' | 'trouble'>;
	helm: Pick<Helm, 'todaysCaps' | 'day' | 'setDay'>;
	config(): Config;
	/**
	The alias that costs less than what a key uses now; null where there is none.
	*/
	cheaper(): string | null;
	now(): number;
	/**
	A line for `crash.log`.
	*/
	report(message: string): void;
}>;

const nothing: Standing = {
	nanodollars: 0,
	tokens: 0,
	unpriced: 0,
	reservedNanodollars: 0,
	reservedTokens: 0,
	underWay: 0,
};

/**
The daily caps in force: what each key may use today, and what it has used. The figures are the log's;
nothing is counted here but what could not be written.
*/
export class Caps {
	readonly #options: CapsOptions;
	readonly #outputs = new LearnedOutputs();
	readonly #lines = new Map<string, Line>();
	/**
	As last read, for when the log cannot be.
	*/
	readonly #known = new Map<string, Known>();
	/**
	Of the log that they were read from.
	*/
	#generation: number | undefined;
	/**
	Let through while nothing could be written.
	*/
	readonly #unrecorded = new Map<
		string,
		{nanodollars: number; tokens: number}
	>();

	/**
	The step of `warn_at` that each key has passed, and in which day.
	*/
	readonly #warned = new Map<string, Readonly<{from: number; step: number}>>();
	#capDayAt: CapDayAt | undefined;
	#loading: Promise<void> | undefined;
	#from = 0;

	constructor(options: CapsOptions) {
		this.#options = options;
	}

	/**
	Loads what knows days; not before somebody has a cap.
	*/
	async load(): Promise<void> {
		this.#loading ??= (async () => {
			const calendar = await import('../calendar/cap-day.js');
			this.#capDayAt = calendar.capDayAt;
		})();
		await this.#loading;
	}

	/**
	Whether a key may have a cap.
	*/
	mayCap(name: string): boolean {
		const key = this.#keyOf(name);
		return (
			key?.dailyCapNanodollars !== undefined ||
			key?.dailyTokens !== undefined ||
			this.#options.helm.todaysCaps[name] !== undefined
		);
	}

	/**
	What holds for a key today; undefined where it has no cap.
	*/
	async of(name: string): Promise<Capped | undefined> {
		await this.load();
		return this.#of(name);
	}

	/**
	Output tokens of the last answers of a model, as the log knows them and as they came since.
	*/
	learned(model: string): readonly number[] {
		if (!this.#outputs.has(model)) {
			const newestFirst = this.#options.recorder.look((db) =>
				outputsOf(db, model, mostOutputs),
			);
			if (newestFirst !== undefined) {
				this.#outputs.seed(model, newestFirst);
			}
		}

		return this.#outputs.of(model);
	}

	noteOutput(model: string, outputTokens: number): void {
		this.#outputs.note(model, outputTokens);
	}

	/**
	Those of a key who wait for what others have reserved.
	*/
	line(key: string): Line {
		const known = this.#lines.get(key);
		if (known !== undefined) {
			return known;
		}

		const line = new Line();
		this.#lines.set(key, line);
		return line;
	}

	/**
	Somebody may fit now who did not.
	*/
	call(): void {
		for (const line of this.#lines.values()) {
			line.call();
		}
	}

	get isWaitedFor(): boolean {
		return Array.from(this.#lines.values(), (line) => line.isEmpty).includes(
			false,
		);
	}

	/**
	How a key stood when it was last read, and what it was let have since without a row.
	*/
	lastKnown(name: string): Standing {
		const known = this.#known.get(name)?.standing ?? nothing;
		const more = this.#unrecorded.get(name);
		return more === undefined
			? known
			: {
					...known,
					nanodollars: known.nanodollars + more.nanodollars,
					tokens: known.tokens + more.tokens,
				};
	}

	/**
	A standing as the log has it, together with what a new log has not been told yet.
	*/
	withCarried(name: string, day: CapDay, standing: Standing): Standing {
		const known = this.#known.get(name);
		const generation = this.#options.recorder.look((_, current) => current);
		return known?.day.from !== day.from ||
			generation === (this.#generation ?? generation)
			? standing
			: {
					...standing,
					nanodollars: standing.nanodollars + known.standing.nanodollars,
					tokens: standing.tokens + known.standing.tokens,
				};
	}

	noteUnrecorded(name: string, nanodollars: number, tokens: number): void {
		const more = this.#unrecorded.get(name) ?? {nanodollars: 0, tokens: 0};
		more.nanodollars += nanodollars;
		more.tokens += tokens;
		this.#unrecorded.set(name, more);
	}

	/**
	How all keys of the config stand, for those who look.
	*/
	standing(): readonly KeyStanding[] {
		const {keys} = this.#options.config();
		if (
			keys.length === 0 &&
			Object.keys(this.#options.helm.todaysCaps).length === 0
		) {
			return [];
		}

		if (this.#capDayAt === undefined) {
			void this.load();
			return [];
		}

		return keys.map((key) => this.#standingOf(key));
	}

	/**
	To be called ten times a second. Answers whether another day has begun.
	*/
	poll(): boolean {
		if (this.#options.recorder.trouble === undefined) {
			this.#unrecorded.clear();
		}

		if (this.#capDayAt === undefined) {
			return false;
		}

		this.#followLog();
		const {from} = this.#day(this.#capDayAt);
		const isNew = from !== this.#from && this.#from !== 0;
		this.#from = from;
		return isNew;
	}

	/**
	A new log that has taken the place of a lost one begins with what was known of the old: no counter falls
	by itself.
	*/
	#followLog(): void {
		const {recorder} = this.#options;
		const generation = recorder.look((_, current) => current);
		if (generation === undefined || generation === this.#generation) {
			return;
		}

		const isOther = this.#generation !== undefined;
		const known = [...this.#known];
		const isCarried =
			!isOther ||
			known.length === 0 ||
			recorder.progress([], (db) => {
				for (const [key, {day, standing}] of known) {
					carry(db, {key, ...day}, standing);
				}
			});
		if (isCarried) {
			this.#generation = generation;
		}
	}

	#of(name: string): Capped | undefined {
		const key = this.#keyOf(name) ?? keyWithout(name);
		const day = this.#day(this.#capDayAt!);
		const cap = this.#capOf(key, day);
		return cap.nanodollars === null && cap.tokens === null
			? undefined
			: {key, cap, day};
	}

	#standingOf(key: KeyConfig): KeyStanding {
		const {recorder} = this.#options;
		const day = this.#day(this.#capDayAt!);
		const cap = this.#capOf(key, day);
		const standing = recorder.look((db, generation) => {
			this.#generation ??= generation;
			return generation === this.#generation
				? readStanding(db, {key: key.name, ...day})
				: undefined;
		});
		if (standing !== undefined) {
			this.#known.set(key.name, {day, standing});
		}

		return this.#said(key, {day, cap});
	}

	#said(
		key: KeyConfig,
		{day, cap}: Readonly<{day: CapDay; cap: Cap}>,
	): KeyStanding {
		const {cheaper} = this.#options;
		const standing = this.lastKnown(key.name);
		this.#warn(key, {standing, cap, day});
		return {
			name: key.name,
			capNanodollars: cap.nanodollars,
			capTokens: cap.tokens,
			usualNanodollars: key.dailyCapNanodollars ?? null,
			usualTokens: key.dailyTokens ?? null,
			from: day.from,
			resetsAt: day.to,
			spentNanodollars: standing.nanodollars,
			spentTokens: standing.tokens,
			reservedNanodollars: standing.reservedNanodollars,
			reservedTokens: standing.reservedTokens,
			unpriced: standing.unpriced,
			atCap:
				key.atCap.kind === 'alias'
					? `alias:${key.atCap.alias}`
					: key.atCap.kind,
			warnAt: key.warnAt,
			cheaper: key.atCap.kind === 'ask' ? cheaper() : null,
			isReached: spentShare(standing, cap) >= 1,
		};
	}

	/**
	Says once in the log of this program what was passed.
	*/
	#warn(
		key: KeyConfig,
		{
			standing,
			cap,
			day: {from},
		}: Readonly<{standing: Standing; cap: Cap; day: CapDay}>,
	): void {
		const step = stepOf(spentShare(standing, cap), key.warnAt);
		const before = this.#warned.get(key.name);
		this.#warned.set(key.name, {from, step});
		if (!(before?.from === from && step > before.step)) {
			return;
		}

		const share = stepsOf(key.warnAt)[step - 1]!;
		this.#options.report(
			`The key ${key.name} has used ${Math.round(share * 100)}% of its daily cap.`,
		);
	}

	#capOf(key: KeyConfig, {from}: CapDay): Cap {
		const today = todaysCapOf(this.#options.helm.todaysCaps, key.name, from);
		return {
			nanodollars: today?.nanodollars ?? key.dailyCapNanodollars ?? null,
			tokens: today?.tokens ?? key.dailyTokens ?? null,
		};
	}

	#day(capDayAt: CapDayAt): CapDay {
		const {helm, config, now} = this.#options;
		const {timezone, startsAt} = config().day;
		const rule = {
			timezone: timezone === systemZone ? machineZone() : timezone,
			startsAt,
		};
		const day = capDayAt(rule, helm.day, now());
		if (day.from !== helm.day?.from || day.to !== helm.day.to) {
			helm.setDay(day);
		}

		return day;
	}

	#keyOf(name: string): KeyConfig | undefined {
		return this.#options.config().keys.find((key) => key.name === name);
	}
}

/**
A key that stands in no config: today's cap may be set all the same.
*/
const keyWithout = (name: string): KeyConfig => ({
	name,
	dailyCapNanodollars: undefined,
	dailyTokens: undefined,
	atCap: {kind: 'ask'},
	warnAt: [],
	unpriced: 'allow',
	hash: undefined,
	credentials: new Map(),
});
