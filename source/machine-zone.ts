import fs from 'node:fs';
import process from 'node:process';

let known: Readonly<{tz: string | undefined; zone: string}> | undefined;

/**
The IANA name of this machine's zone, or of `TZ`; UTC where neither says one. Asked once for what `TZ` says: the
machine's does not change while a process runs.
*/
export function machineZone(): string {
	const tz = process.env['TZ'];
	if (known === undefined || known.tz !== tz) {
		const zone = nameIn(tz, variable) ?? linked() ?? asked() ?? 'UTC';
		known = {tz, zone};
	}

	return known.zone;
}

/**
Whether Date counts in a zone. What `machineZone` calls UTC as it can tell no name, Date may know better: `TZ` may also
hold an offset, or the path of a file.
*/
export const isZoneOfDate = (timezone: string): boolean =>
	timezone === machineZone() && !(isUtc(timezone) && isDateAwayFromUtc());

export const isUtc = (timezone: string): boolean =>
	/^(?:etc\/)?utc$/i.test(timezone);

export const isDateAwayFromUtc = (): boolean =>
	[0, 6].some((month) => new Date(2026, month, 1).getTimezoneOffset() !== 0);

const variable = /^:?(?:posix\/|right\/)?(?<name>[a-z_]+(?:\/[\w+-]+)+|utc)$/i;
const link = /\/zoneinfo\/(?:posix\/|right\/)?(?<name>[a-z_]+(?:\/[\w+-]+)*)$/i;

const nameIn = (
	text: string | undefined,
	pattern: RegExp,
): string | undefined => pattern.exec(text ?? '')?.groups?.['name'];

/**
Linux and macOS both link the zone's file to this place. Intl is not asked first: its first answer
takes as long as half a start.
*/
function linked(): string | undefined {
	// What TZ says in another way than by name, this link does not know.
	if (
		process.env['TZ'] !== undefined &&
		process.env['TZ'] !== ':/etc/localtime'
	) {
		return undefined;
	}

	try {
		return nameIn(fs.realpathSync('/etc/localtime'), link);
	} catch {
		// There is none: many containers do without.
		return undefined;
	}
}

const asked = (): string | undefined =>
	new Intl.DateTimeFormat().resolvedOptions().timeZone;
