import type {DayRule} from '../calendar/day.js';
import {machineDay, machineDayStart} from '../calendar/machine-day.js';
import {machineHours} from '../calendar/machine-hours.js';
import {isZoneOfDate} from '../machine-zone.js';
import {showClock} from '../exchange/show.js';
import type {DayHour} from './day-hours.js';

/**
When days begin, where Date alone knows the zone: at midnight of this machine until a passthrough says more.
*/
const startHere = (rule: DayRule | undefined): string | undefined =>
	rule === undefined
		? '00:00'
		: isZoneOfDate(rule.timezone)
			? rule.startsAt
			: undefined;

/**
When days begin, as the passthrough counts them.
*/
export class Days {
	#elsewhere: Elsewhere | undefined;
	#loading: Promise<void> | undefined;

	/**
	When the day of an instant began, in epoch milliseconds. Undefined for a moment where the zone is not
	this machine's: only then is what knows all zones loaded.
	*/
	startOf(nowMs: number, rule: DayRule | undefined): number | undefined {
		const startsAt = startHere(rule);
		return startsAt === undefined
			? this.#inZones()?.startOf(rule!, nowMs)
			: machineDayStart(startsAt, nowMs);
	}

	/**
	The hours of the day of an instant; where the clocks are changed there are 23 or 25. Undefined as above.
	*/
	hoursOf(
		nowMs: number,
		rule: DayRule | undefined,
	): readonly DayHour[] | undefined {
		const startsAt = startHere(rule);
		return startsAt === undefined
			? this.#inZones()?.hoursOf(rule!, nowMs)
			: machineHours(machineDay(startsAt, nowMs)).map((hour) => ({
					...hour,
					clock: showClock(hour.fromMs),
				}));
	}

	/**
	Settles when nothing has to be loaded any more.
	*/
	async ready(): Promise<void> {
		await this.#loading;
	}

	#inZones(): Elsewhere | undefined {
		this.#loading ??= this.#load();
		return this.#elsewhere;
	}

	async #load(): Promise<void> {
		const [{dayOf, inKnownZone}, {hoursOf}] = await Promise.all([
			import('../calendar/day.js'),
			import('../calendar/spans.js'),
		]);
		this.#elsewhere = {
			startOf: (rule, epochMs) => dayOf(inKnownZone(rule), epochMs).fromMs,
			hoursOf(asked, epochMs) {
				const rule = inKnownZone(asked);
				return hoursOf(rule, dayOf(rule, epochMs)).map(({hour, ...span}) => ({
					...span,
					clock: hour.slice(...clockCharacters),
				}));
			},
		};
	}
}

type Elsewhere = Readonly<{
	startOf: (rule: DayRule, epochMs: number) => number;
	hoursOf: (rule: DayRule, epochMs: number) => readonly DayHour[];
}>;

/**
`14:00` of `2026-11-22T14:00:00+01:00`.
*/
const clockCharacters = [11, 16] as const;
