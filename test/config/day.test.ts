import {expect, test} from 'vitest';
import {complaint} from './load.js';

const zones = '"system" (this machine\'s) or an IANA name like "Europe/Berlin"';
const starts = 'Write a time on a quarter of an hour, from "00:00" to "23:45".';

test.each([
	[
		'[day]\ntimezone = "Europe/Berlim"',
		`2: day.timezone is "Europe/Berlim", a zone that is not known here. | Did you mean "Europe/Berlin"? It may be ${zones}.`,
	],
	[
		'[day]\ntimezone = "New York"',
		`2: day.timezone is "New York", a zone that is not known here. | Did you mean "America/New_York"? It may be ${zones}.`,
	],
	[
		'[day]\ntimezone = "+01:00"',
		`2: day.timezone is "+01:00", a zone that is not known here. | Write ${zones}.`,
	],
	['[day]\ntimezone = 1', `2: day.timezone is 1. | Write ${zones}.`],
	['[day]\nstarts_at = "4:00"', `2: day.starts_at is "4:00". | ${starts}`],
	['[day]\nstarts_at = "24:00"', `2: day.starts_at is "24:00". | ${starts}`],
	['[day]\nstarts_at = 4', `2: day.starts_at is 4. | ${starts}`],
	// TOML has a type for it, and people will use it.
	['[day]\nstarts_at = 04:00:00', `2: day.starts_at is a date. | ${starts}`],
	[
		'[day]\nstarts_at = "04:20"',
		'2: day.starts_at is "04:20", and days begin on a quarter of an hour. | Write "04:15", for instance.',
	],
	[
		'[day]\n\ntimezon = "UTC"',
		'3: [day] has no setting "timezon". | Did you mean "timezone"? It may hold timezone or starts_at.',
	],
	[
		'[log]\nkeep = "400"',
		'2: log.keep is "400". | Write an age with its unit, from "1d" to "36500d" (units: h, d).',
	],
	[
		'[log]\nkeep = "2h"',
		'2: log.keep is "2h". | Write an age with its unit, from "1d" to "36500d" (units: h, d).',
	],
	[
		'[log]\nkep = "90d"',
		'2: [log] has no setting "kep". | Did you mean "keep"? It may hold keep.',
	],
])('%j is a mistake', (toml, words) => {
	expect(complaint(toml)).toBe(words);
});
