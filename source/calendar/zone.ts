import {Temporal} from 'temporal-polyfill';
import {isDateAwayFromUtc, isUtc, isZoneOfDate} from '../machine-zone.js';

/**
An instant, in epoch milliseconds, as an IANA zone counts it. Throws a RangeError for a zone that is not known.
*/
export const zonedAt = (
	timezone: string,
	epochMs: number,
): Temporal.ZonedDateTime =>
	Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(timezone);

/**
What the clocks of a zone show at an instant. Throws as `zonedAt` does.
*/
export function clockAt(
	timezone: string,
	epochMs: number,
): Temporal.PlainDateTime {
	if (!isOwn(timezone)) {
		return zonedAt(timezone, epochMs).toPlainDateTime();
	}

	const date = new Date(epochMs);
	return new Temporal.PlainDateTime(
		date.getFullYear(),
		date.getMonth() + 1,
		date.getDate(),
		date.getHours(),
		date.getMinutes(),
		date.getSeconds(),
		date.getMilliseconds(),
	);
}

/**
A date and a time of day as clocks show them; months begin with 1.
*/
type Clock = Readonly<
	Record<'year' | 'month' | 'day' | 'hour' | 'minute', number> & {
		second?: number;
	}
>;

/**
The instant, in epoch milliseconds, at which the clocks of a zone show a time: the first of two, and as much later as
they leave out. Throws as `zonedAt` does.
*/
export const instantOf = (
	timezone: string,
	{year, month, day, hour, minute, second = 0}: Clock,
): number =>
	// Date takes the years before for others.
	isOwn(timezone) && year >= 1000
		? new Date(year, month - 1, day, hour, minute, second).getTime()
		: new Temporal.PlainDateTime(
				year,
				month,
				day,
				hour,
				minute,
				second,
			).toZonedDateTime(timezone).epochMilliseconds;

/**
How far the clocks of a zone are ahead of UTC at an instant, in milliseconds. Throws as `zonedAt` does.
*/
export const offsetAt = (timezone: string, epochMs: number): number =>
	isOwn(timezone)
		? -new Date(epochMs).getTimezoneOffset() * minuteMs
		: zonedAt(timezone, epochMs).offsetNanoseconds / 1e6;

const minuteMs = 60_000;

export function isKnown(timezone: string): boolean {
	try {
		return isOwn(timezone) || zonedAt(timezone, 0) !== undefined;
	} catch {
		// It says so by throwing.
		return false;
	}
}

/**
Whether Date knows the zone, as that of this machine: to ask anybody else, the tables of all zones and languages are
loaded, which takes longer than a report of a year. Where the machine names one that nobody knows, Date counts in UTC.
*/
const isOwn = (timezone: string): boolean =>
	isZoneOfDate(timezone) && (isUtc(timezone) || isDateAwayFromUtc());
