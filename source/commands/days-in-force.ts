import type {DayRule, Span} from '../calendar/day.js';
import {machineDay} from '../calendar/machine-day.js';
import {isZoneOfDate} from '../machine-zone.js';
import {isLockHeld, readHolder} from '../control/lock.js';
import {readPassthroughs} from '../control/passthroughs.js';
import {showClock} from '../exchange/show.js';
import {openLogReadonly} from '../usage-log/open-readonly.js';
import type {Sight} from './look.js';

/**
Which log a home writes, and how it counts days: as the passthrough that runs says, else as the config.
*/
export async function daysInForce({
	lock,
	config,
}: Sight): Promise<Readonly<{log: string; rule: DayRule}>> {
	const holder = isLockHeld(lock) ? readHolder(lock) : undefined;
	const rule = holder && publishedDays(holder);
	if (rule !== undefined) {
		return {log: holder!.log, rule};
	}

	const [own, {publishedConfig}] = await Promise.all([
		config(),
		import('../config/published.js'),
	]);
	return {
		log: holder?.log ?? own.server.log,
		rule: publishedConfig(own).day,
	};
}

function publishedDays({
	log,
	instance,
}: Readonly<{log: string; instance: string}>): DayRule | undefined {
	try {
		using opened = openLogReadonly(log);
		const row = readPassthroughs(opened.db).find(
			(one) => one.instance === instance,
		);
		return row?.config.day;
	} catch {
		// What is wrong with the log is told by whoever reads it.
		return undefined;
	}
}

/**
The day of an instant. What knows every zone is loaded only where this machine's own is not meant.
*/
export async function dayIn(rule: DayRule, epochMs: number): Promise<Span> {
	if (isZoneOfDate(rule.timezone)) {
		return machineDay(rule.startsAt, epochMs);
	}

	const {dayOf, inKnownZone} = await import('../calendar/day.js');
	return dayOf(inKnownZone(rule), epochMs);
}

/**
The time of day of an instant, `23:00`; with the name of its zone where that is not this machine's.
*/
export async function clockIn(rule: DayRule, epochMs: number): Promise<string> {
	if (isZoneOfDate(rule.timezone)) {
		return showClock(epochMs);
	}

	const [{inKnownZone}, {clockAt}] = await Promise.all([
		import('../calendar/day.js'),
		import('../calendar/zone.js'),
	]);
	const known = inKnownZone(rule);
	const clock = clockAt(known.timezone, epochMs)
		.toPlainTime()
		.toString({smallestUnit: 'minute'});
	return `${clock} (${known.timezone})`;
}
