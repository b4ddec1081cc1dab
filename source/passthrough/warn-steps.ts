import type {CapDay} from '../calendar/cap-day.js';
import type {KeyConfig} from '../config/config.js';
import {stepOf, stepsOf} from '../policy/cap-steps.js';

/**
Says once in the log of this program when a key has passed a step of `warn_at`. What had been passed before
is not told again.
*/
export class WarnSteps {
	readonly #report: (message: string) => void;
	readonly #passed = new Map<string, Readonly<{from: number; step: number}>>();

	constructor(report: (message: string) => void) {
		this.#report = report;
	}

	/**
	`share` of its cap is spent, 1 for all of it.
	*/
	look(
		key: KeyConfig,
		{share, day: {from}}: Readonly<{share: number; day: CapDay}>,
	): void {
		const step = stepOf(share, key.warnAt);
		const before = this.#passed.get(key.name);
		this.#passed.set(key.name, {from, step});
		if (before?.from !== from || step <= before.step) {
			return;
		}

		const passed = stepsOf(key.warnAt)[step - 1]!;
		this.#report(
			`The key ${key.name} has used ${Math.round(passed * 100)}% of its daily cap.`,
		);
	}
}
