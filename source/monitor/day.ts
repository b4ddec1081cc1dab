import type {DayRule} from '../calendar/day.js';
import {machineDayStart} from '../calendar/machine-day.js';
import {machineZone} from '../config/machine-zone.js';

/**
Midnight of this machine, until a passthrough says how it counts days.
*/
const untilTold: Omit<DayRule, 'timezone'> = {startsAt: '00:00'};

/**
When days begin, as the passthrough counts them.
*/
export class Days {
	#startIn: ((rule: DayRule, epochMs: number) => number) | undefined;
	#loading: Promise<void> | undefined;

	/**
	When the day of an instant began, in epoch milliseconds. Undefined for a moment where the zone is not
	this machine's: only then is what knows all zones loaded.
	*/
	startOf(nowMs: number, rule: DayRule | undefined): number | undefined {
		if (rule === undefined || rule.timezone === machineZone()) {
			return machineDayStart((rule ?? untilTold).startsAt, nowMs);
		}

		this.#loading ??= this.#load();
		return this.#startIn?.(rule, nowMs);
	}

	/**
	Settles when nothing has to be loaded any more.
	*/
	async ready(): Promise<void> {
		await this.#loading;
	}

	async #load(): Promise<void> {
		const {dayOf, inKnownZone} = await import('../calendar/day.js');
		this.#startIn = (rule, epochMs) => dayOf(inKnownZone(rule), epochMs).fromMs;
	}
}
