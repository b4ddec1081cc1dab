export const zones = [
	'UTC',
	'Europe/Berlin',
	'America/New_York',
	'America/St_Johns',
	'Asia/Kathmandu',
	'Australia/Lord_Howe',
	'Africa/Casablanca',
	'Africa/Cairo',
	'Pacific/Apia',
] as const;

export const starts = ['00:00', '02:30', '04:00', '23:45'] as const;

/**
Each change of clocks of a year in them, and the day that Apia left out.
*/
export const changes: readonly string[] = [
	'2026-03-29T01:00Z',
	'2026-10-25T01:00Z',
	'2026-04-04T15:00Z',
	'2026-03-08T07:00Z',
	'2026-11-01T06:00Z',
	'2026-04-23T22:00Z',
	'2011-12-30T10:00Z',
];

export const hourMs = 3_600_000;

export const at = (text: string): number => {
	const epochMs = Date.parse(text);
	if (Number.isNaN(epochMs)) {
		throw new TypeError(`This is no instant: ${text}`);
	}

	return epochMs;
};
