import type {CapDay, capDayAt as dayRule} from '../calendar/cap-day.js';
import type {Config, KeyConfig} from '../config/config.js';
import {machineZone} from '../machine-zone.js';
import {systemZone} from '../config/day-kinds.js';
import type {KeyStanding} from '../control/steering.js';
import {todaysCapOf} from '../control/todays-caps.js';
import type {Cap} from '../policy/admission.js';
import {spentShare} from '../policy/cap-steps.js';
import {LearnedOutputs, mostOutputs} from '../policy/learned-outputs.js';
import {outputsOf} from '../usage-log/ledger.js';
import type {Recorder} from '../usage-log/recorder.js';
import {CapCounts} from './cap-counts.js';
import type {Helm} from './helm.js';
import {keyStanding} from './key-standing.js';
import {Line} from './line.js';
import {WarnSteps} from './warn-steps.js';

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

export type CapsOptions = Readonly<{
	recorder: Pick<Recorder, 'look' | 'trouble' | 'path'>;
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

/**
The daily caps in force: what each key may use today, and what it has used. The figures are the log's;
nothing is counted here but what could not be written.
*/
export class Caps {
	readonly #options: CapsOptions;
	readonly #outputs = new LearnedOutputs();
	readonly #lines = new Map<string, Line>();
	/**
	What the keys have used, as far as it is known here.
	*/
	readonly counts: CapCounts;
	readonly #steps: WarnSteps;
	#capDayAt: CapDayAt | undefined;
	#loading: Promise<void> | undefined;
	#from = 0;

	constructor(options: CapsOptions) {
		this.#options = options;
		this.counts = new CapCounts(options);
		this.#steps = new WarnSteps(options.report);
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

		const cheaper = keys.some(({atCap}) => atCap.kind === 'ask')
			? this.#options.cheaper()
			: null;
		return keys.map((key) => this.#standingOf(key, cheaper));
	}

	/**
	To be called ten times a second. Answers whether another day has begun.
	*/
	poll(): boolean {
		if (this.#options.recorder.trouble === undefined) {
			this.counts.forgetUnrecorded();
		}

		if (this.#capDayAt === undefined) {
			return false;
		}

		const {from} = this.#day(this.#capDayAt);
		const isNew = from !== this.#from && this.#from !== 0;
		this.#from = from;
		if (isNew) {
			this.counts.forgetUnrecorded();
		}

		return isNew;
	}

	#of(name: string): Capped | undefined {
		const key = this.#keyOf(name) ?? keyWithout(name);
		const day = this.#day(this.#capDayAt!);
		const cap = this.#capOf(key, day);
		return cap.nanodollars === null && cap.tokens === null
			? undefined
			: {key, cap, day};
	}

	#standingOf(key: KeyConfig, cheaper: string | null): KeyStanding {
		const day = this.#day(this.#capDayAt!);
		const cap = this.#capOf(key, day);
		const standing = this.counts.read(key.name, day);
		this.#steps.look(key, {share: spentShare(standing, cap), day});
		return keyStanding(key, {
			cap,
			day,
			standing,
			cheaper: key.atCap.kind === 'ask' ? cheaper : null,
		});
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
