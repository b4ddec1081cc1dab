import {good, otherThan, wrong, type Kind} from './kinds.js';
import {nearest} from './nearest.js';
import {show} from './problem.js';

export const systemZone = 'system';
const allowedZone =
	'"system" (this machine\'s) or an IANA name like "Europe/Berlin"';

/**
The time zone that days are counted in: `system`, or a name that this Node knows.
*/
export const timeZone: Kind<string> = {
	allowed: allowedZone,
	read(found) {
		if (typeof found !== 'string') {
			return otherThan(found);
		}

		if (found === systemZone || isZone(found)) {
			return good(found);
		}

		const near = nearestZone(found);
		return wrong(
			`is ${show(found)}, a zone that is not known here`,
			near && `Did you mean "${near}"? It may be ${allowedZone}.`,
		);
	},
};

/**
An offset like +01:00 would be taken too, but it is no zone: it knows no summer.
*/
const isZone = (name: string): boolean =>
	/^[a-z]/i.test(name) && resolvedZone(name) !== undefined;

function resolvedZone(name: string): string | undefined {
	try {
		const format = new Intl.DateTimeFormat('en-GB', {timeZone: name});
		return format.resolvedOptions().timeZone;
	} catch {
		// It says no by throwing.
		return undefined;
	}
}

/**
Most people know their city, and what comes before it less well.
*/
function nearestZone(written: string): string | undefined {
	const names = [systemZone, ...Intl.supportedValuesOf('timeZone')];
	const cities = new Map(
		names.map((name) => [name.slice(name.lastIndexOf('/') + 1), name]),
	);
	const city = nearest(written.replaceAll(' ', '_'), cities.keys());
	return (
		nearest(written, names) ??
		(city === undefined ? undefined : cities.get(city))
	);
}

const quarterMinutes = 15;

/**
The time at which a day begins, `HH:MM`. Sums are kept by the quarter of an hour.
*/
export const startOfDay: Kind<string> = {
	allowed: 'a time on a quarter of an hour, from "00:00" to "23:45"',
	read(found) {
		const {hour, minute} =
			/^(?<hour>[01]\d|2[0-3]):(?<minute>[0-5]\d)$/.exec(String(found))
				?.groups ?? {};
		if (typeof found !== 'string' || hour === undefined) {
			return otherThan(found);
		}

		const past = Number(minute) % quarterMinutes;
		const quarter = String(Number(minute) - past).padStart(2, '0');
		return past === 0
			? good(found)
			: wrong(
					`is ${show(found)}, and days begin on a quarter of an hour`,
					`Write "${hour}:${quarter}", for instance.`,
				);
	},
};
