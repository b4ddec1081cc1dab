import type {GuardConfig} from '../config/config.js';
import {Guard, type Tripped} from '../policy/guard.js';
import {usualPerMinute} from '../policy/usual-spend.js';
import {recentQuarters} from '../usage-log/recent-quarters.js';
import type {Recorder} from '../usage-log/recorder.js';
import type {End} from './end-facts.js';
import type {Helm} from './helm.js';

export type WatchOptions = Readonly<{
	recorder: Pick<Recorder, 'look'>;
	helm: Pick<Helm, 'pauseFor'>;
	limits(): GuardConfig;
	now(): number;
}>;

const usualDays = 7;
/**
What is usual does not change faster.
*/
const usualForMs = 5 * 60 * 1000;

/**
Pauses when an agent seems to run away, and says why.
*/
export class Watch {
	readonly #options: WatchOptions;
	readonly #guard = new Guard();
	readonly #usual = new Map<
		string,
		Readonly<{perMinute: number | undefined; readAt: number}>
	>();

	constructor(options: WatchOptions) {
		this.#options = options;
	}

	/**
	A request is sent for the first time.
	*/
	asked(request: Omit<Parameters<Guard['asked']>[0], 'at'>): void {
		const {limits, now} = this.#options;
		this.#stop(this.#guard.asked({...request, at: now()}, limits()));
	}

	/**
	A request has come to its end.
	*/
	ended(key: string, model: string | null, end: End): void {
		const {limits, now} = this.#options;
		const guard = limits();
		if (!guard.enabled || !end.outcome) {
			return;
		}

		this.#stop(
			this.#guard.ended(
				{
					key,
					model,
					outcome: end.outcome,
					httpStatus: end.httpStatus ?? null,
					nanodollars: end.countedNanodollars ?? 0,
					at: now(),
					usualPerMinute: this.#usualOf(key),
				},
				guard,
			),
		);
	}

	/**
	Somebody has let it go on.
	*/
	reset(): void {
		this.#guard.reset();
	}

	#stop(tripped: Tripped | undefined): void {
		if (tripped !== undefined) {
			this.#options.helm.pauseFor({setBy: 'guard', reason: tripped.says}, null);
		}
	}

	#usualOf(key: string): number | undefined {
		const at = this.#options.now();
		const known = this.#usual.get(key);
		if (known !== undefined && at - known.readAt < usualForMs) {
			return known.perMinute;
		}

		const quarters = this.#options.recorder.look((db) =>
			recentQuarters(db, key, at - usualDays * 24 * 3_600_000),
		);
		const perMinute =
			quarters === undefined ? known?.perMinute : usualPerMinute(quarters);
		this.#usual.set(key, {perMinute, readAt: at});
		return perMinute;
	}
}
